"""Every change to initiatives."""
