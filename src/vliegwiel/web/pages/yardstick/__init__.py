"""The shared yardstick: indicators with one definition each, targets, and how far they are."""
