"""One box that searches everything of a region that the visitor may see."""
