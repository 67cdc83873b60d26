"""Pure computation: arrays and frozen values; no Django, database, network, clock or drawing."""
