"""One package a part of the loop, each with its views, forms and urls."""
