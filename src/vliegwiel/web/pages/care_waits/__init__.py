"""Waiting times from the region's own care messages: tables, who waits, and what to look into."""
