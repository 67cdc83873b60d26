"""Hooks of the background worker."""

from procrastinate import App


def on_app_ready(app: App) -> None:
    """Kept empty of work: tasks register themselves in the `tasks` module of each app."""
