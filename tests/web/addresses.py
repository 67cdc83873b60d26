"""Every address that the site has, for who wants to see all of it."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver


def addresses(resolver: Any, slug: str, before: str = "") -> Iterator[str]:
    """Those without an object in it but the region, or with one, as `{number}`."""
    for pattern in resolver.url_patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, slug, address)
        elif isinstance(pattern, URLPattern):
            for name in ("<slug:region_slug>", "<slug:region>"):
                address = address.replace(name, slug)
            yield address.replace("<int:pk>", "{number}").replace("<int:number>", "{number}")
