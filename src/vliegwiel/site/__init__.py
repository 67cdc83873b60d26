"""The doors put together into one site: the only room that knows both pages and API."""
