"""Parts of the loop whose pages are still to come: they say what will be here."""
