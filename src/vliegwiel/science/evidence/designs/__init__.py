"""The designs that a pilot can have, one module each."""

from collections.abc import Mapping
from types import MappingProxyType

from . import before_after, clusters, differences, stepped, youths
from .design import Design
from .seen import NEVER, Seen, Tested

__all__ = ["DESIGNS", "NEVER", "Design", "Seen", "Tested"]

#: Design -> what it is, in the order in which they are offered: the surest last.
DESIGNS: Mapping[str, Design] = MappingProxyType(
    {
        module.DESIGN.id: module.DESIGN
        for module in (before_after, differences, stepped, clusters, youths)
    }
)
