"""The releases that can be read: a folder each, and a line here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .releases import Release
from .v3_2 import RELEASE as RELEASE_3_2

RELEASES: tuple[Release, ...] = (RELEASE_3_2,)

#: Namespace of a message -> its release and kind.
NAMESPACES: Mapping[str, tuple[Release, str]] = MappingProxyType(
    {
        namespace: (release, kind)
        for release in RELEASES
        for namespace, kind in release.kinds.items()
    }
)
