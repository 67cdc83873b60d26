"""What a region keeps: models, services (every change), queries (every read), tasks. No HTTP here."""
