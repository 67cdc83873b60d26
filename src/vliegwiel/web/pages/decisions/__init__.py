"""Pages where the loop closes: forecasts on record, decisions, and what goes on elsewhere."""
