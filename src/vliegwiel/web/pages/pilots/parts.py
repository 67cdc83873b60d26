"""The parts of one pilot: each page of it links to the others by this table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: Name of the page of a part, and what the link says; in the order of a pilot.
PARTS: tuple[tuple[str, str | Promise], ...] = (
    ("pilot", _("Plan")),
    ("pilot_work", _("Work")),
    ("core_group", _("Core group")),
    ("pilot_measurements", _("Measurements")),
    ("pilot_forecast", _("Forecast")),
    ("pilot_result", _("Result")),
    ("pilot_dossier", _("Dossier")),
)


@dataclass(frozen=True, slots=True)
class Part:
    label: str
    url: str
    current: bool


def parts_of(request: HttpRequest, region: Any, pilot: int) -> Sequence[Part]:
    """The links between the parts of a pilot, with the one that is shown now."""
    here = request.resolver_match.url_name if request.resolver_match else ""
    return [
        Part(str(label), reverse(name, args=[region.slug, pilot]), name == here)
        for name, label in PARTS
    ]
