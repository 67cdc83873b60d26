"""Whether care goes on: gaps in numbers and as a list, the checklist, the waiting study."""
