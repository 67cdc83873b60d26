"""A model of the region from its own care messages: ask for it, judge it, and put it to use."""
