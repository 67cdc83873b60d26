"""What a region keeps: models, services (every change), queries (every read). No HTTP here."""
