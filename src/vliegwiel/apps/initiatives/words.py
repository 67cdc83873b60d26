"""Words for the keys of the catalogue, in the language of the reader."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext_lazy as _

from vliegwiel import reference
from vliegwiel.apps.figures import in_language

from .vocabulary import Financing, Weight

#: What each part of a proposal is called on the page, in the order of the page.
PROPOSAL_LABELS = {
    "asked_by": _("Who in society asks this"),
    "question": _("The question"),
    "hypothesis": _("What you expect, in words"),
    "literature": _("What is known from literature"),
    "design": _("How you will find out"),
    "outcome_criteria": _("When it has succeeded"),
    "scientists": _("Which scientists help or carry it out"),
    "developers": _("Which care parties with research and development lead or take part"),
    "parties": _("Who takes part"),
    "sharing": _("How results are shared every year"),
    "newsletter": _("How news goes round meanwhile"),
    "rollout": _("What must be sure before it goes further"),
    "budget": _("Budget in euros"),
    "budget_note": _("What the budget is for"),
}


@dataclass(frozen=True, slots=True)
class Label:
    """A key with its words; `place` is where the source names it."""

    key: str
    title: str
    summary: str = ""
    place: str = ""


@cache
def _items(facet: str) -> Mapping[str, reference.CatalogueItem]:
    catalogue = reference.innovation_catalogue()
    if facet == "factors":
        return {item.key: item for item in (*catalogue.chances, *catalogue.barriers)}
    return {item.key: item for item in getattr(catalogue, facet)}


def choices(facet: str) -> Sequence[tuple[str, str]]:
    """Every key of a facet with its words, in the order of the source."""
    if facet == "financing":
        return [(key, str(label)) for key, label in Financing.choices]
    if facet == "weight":
        return [(key, str(label)) for key, label in Weight.choices]
    return [(key, text(item.title)) for key, item in _items(facet).items()]


def labels(facet: str, keys: Iterable[str]) -> Sequence[Label]:
    """The words for these keys; a key that the catalogue lost is shown as it is."""
    if facet in ("financing", "weight"):
        known = dict(choices(facet))
        return [Label(key, known.get(key, key)) for key in keys]
    found = _items(facet)
    return [_label(found[key]) if key in found else Label(key, key) for key in keys]


def _label(item: reference.CatalogueItem) -> Label:
    return Label(item.key, text(item.title), text(item.summary), item.place)


def programme_labels(region_slug: str, keys: Iterable[str]) -> Sequence[Label]:
    known = dict(programme_choices(region_slug))
    return [Label(key, known.get(key, key)) for key in keys]


def programme_choices(region_slug: str) -> Sequence[tuple[str, str]]:
    """The programmes of the region; none where none are known."""
    found = reference.programmes_of(region_slug)
    return [(item.key, text(item.title)) for item in found.programmes] if found else []


def text(words: reference.BilingualText) -> str:
    return in_language(nl=words.nl, en=words.en)
