"""The cache that all processes share."""

from django.utils.crypto import salted_hmac


def hashed_key(key: str, prefix: str, version: int) -> str:
    """The key as it is kept: nobody who reads the database learns the addresses that are in it."""
    return salted_hmac("shared cache", f"{prefix}:{version}:{key}", algorithm="sha256").hexdigest()
