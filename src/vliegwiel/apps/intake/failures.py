"""Telling a log where work on care messages failed, without a word that could be about a person."""

import traceback


def where_it_failed(error: BaseException) -> str:
    """The kind of an error and the places in the code that it came through, the last one last.

    Neither what the error says nor the values it came with: those may hold what a message held.
    """
    places = [
        f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)
    ]
    inside = [place.rpartition("/vliegwiel/")[2] for place in places if "/vliegwiel/" in place]
    return f"{type(error).__name__} at {' > '.join(inside) or 'an unknown place'}"
