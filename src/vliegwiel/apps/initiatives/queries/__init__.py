"""Every read of initiatives."""
