"""The initiative that an address names."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from vliegwiel.apps.initiatives import queries
from vliegwiel.apps.initiatives.queries import InitiativeLine


def line_of(region: Any, pk: int) -> InitiativeLine:
    """Raises Http404 where the region has no such initiative."""
    line = queries.region_line(region, pk)
    if line is None:
        raise Http404
    return line


def changeable(region: Any, pk: int, user: Any) -> InitiativeLine:
    """The same for who is about to change it; raises PermissionDenied for others."""
    line = line_of(region, pk)
    if not queries.may_change(pk, user):
        raise PermissionDenied
    return line
