"""The eight parts of the loop, in one place: navigation, ring and pages read them here."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class LoopPart:
    """One part of the loop.

    `key` is also the name of the package of its pages (web.pages.<key>); `also` are other packages
    and modules that belong to it. `path` names a part whose pages are still to come.
    """

    key: str
    label: str | Promise
    question: str | Promise
    url_name: str
    path: str = ""
    also: tuple[str, ...] = ()

    @property
    def exists(self) -> bool:
        """Whether the part has pages of its own yet."""
        return not self.path

    def url(self, region_slug: str) -> str:
        extra = {"part": self.path} if self.path else {}
        return reverse(self.url_name, kwargs={"region_slug": region_slug, **extra})

    def holds(self, module: str) -> bool:
        """Whether a view in this module shows one of its pages."""
        return any(f".pages.{key}." in f"{module}." for key in (self.key, *self.also))


PARTS: tuple[LoopPart, ...] = (
    LoopPart(
        "figures",
        _("See"),
        _("What happens in the region?"),
        "figures",
        also=("care_data", "care_waits", "offers", "continuity"),
    ),
    LoopPart(
        "insights",
        _("Understand"),
        _("Why does it happen?"),
        "insights",
        also=("instruments",),
    ),
    LoopPart(
        "choose",
        _("Choose"),
        _("What shall we try?"),
        "initiatives",
        also=("initiatives", "agenda"),
    ),
    LoopPart(
        "explorer",
        _("Explore"),
        _("What would it do?"),
        "explorer",
        also=("fits", "smallest_test"),
    ),
    LoopPart(
        "try",
        _("Try"),
        _("How do we start small?"),
        "pilots",
        also=("pilots", "pilot_work", "pilot_results", "decisions.forecasting"),
    ),
    LoopPart(
        "prove",
        _("Prove"),
        _("Does it work?"),
        "yardstick",
        also=("yardstick", "decisions.deciding", "decisions.scoring"),
    ),
    LoopPart("spread", _("Spread"), _("Who can use it too?"), "spread", also=("decisions",)),
    LoopPart("account", _("Account for"), _("What did it bring?"), "loop_part", "verantwoorden"),
)


def part_of_page(module: str, path: str = "") -> LoopPart | None:
    """The part that a view belongs to, by the module it stands in and the part in its address."""
    for part in PARTS:
        if part.path == path and (path or part.holds(module)):
            return part
    return None


def part_by_path(path: str) -> LoopPart | None:
    return next((part for part in PARTS if part.path and part.path == path), None)
