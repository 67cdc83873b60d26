"""Version 1 of the API: a module a part, put together in `description`."""
