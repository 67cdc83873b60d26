"""The work on a pilot: its steps, lessons and risks, the core group, and what was measured."""
