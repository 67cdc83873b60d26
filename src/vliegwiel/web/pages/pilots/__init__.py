"""Pilots of a region: their plans, from draft to registered and amended."""
