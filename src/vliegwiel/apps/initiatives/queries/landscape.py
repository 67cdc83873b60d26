"""The innovation landscape: how many initiatives there are of each sort, and the catalogue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import CharField, Count, F, Func, QuerySet
from django.utils.translation import gettext as _

from vliegwiel import reference
from vliegwiel.apps.figures.models import Source
from vliegwiel.apps.figures.queries import SourceInfo, source_info
from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.initiatives.stages import Stage
from vliegwiel.apps.initiatives.words import choices, text

from .register import Person, Wanted, narrowed, visible


@dataclass(frozen=True, slots=True)
class FacetCount:
    key: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to sort initiatives; an initiative can count under several keys."""

    name: str
    title: str
    counts: Sequence[FacetCount]


@dataclass(frozen=True, slots=True)
class CatalogueLine:
    """`used` counts the initiatives of regions that name it; `group` is its subject."""

    key: str
    title: str
    summary: str
    place: str
    used: int
    group: str = ""
    dominant: bool = False


@dataclass(frozen=True, slots=True)
class CatalogueFacet:
    name: str
    title: str
    lines: Sequence[CatalogueLine]


def _titles() -> Mapping[str, str]:
    return {
        "themes": _("Themes"),
        "questions": _("Questions of youth care"),
        "actors": _("Who takes part"),
        "cooperation": _("Forms of cooperation"),
        "stage": _("Stages"),
        "financing": _("Who pays"),
        "weight": _("Light and heavy care"),
        "factors": _("Chances and barriers"),
    }


def landscape(visitor: Person, wanted: Wanted) -> Sequence[Facet]:
    """How many of what fits there are, for each way to sort them: a fixed number of queries."""
    rows = narrowed(visible(visitor), wanted)
    found = []
    for name, title in _titles().items():
        if name in ("stage", "weight"):
            counted = dict(rows.order_by().values_list(name).annotate(Count("pk")))
        else:
            counted = _in_lists(rows, name)
        known = [(str(key), str(label)) for key, label in Stage.choices]
        keys = known if name == "stage" else choices(name)
        counts = [FacetCount(key, label, counted.get(key, 0)) for key, label in keys]
        found.append(Facet(name, title, counts))
    return found


def _in_lists(rows: QuerySet[Initiative], field: str) -> dict[str, int]:
    each = Func(F(field), function="unnest", output_field=CharField())
    pairs = rows.order_by().annotate(each=each).values("each").annotate(number=Count("pk"))
    return {pair["each"]: pair["number"] for pair in pairs}


def catalogue(visitor: Person) -> tuple[Sequence[CatalogueFacet], SourceInfo | None]:
    """The shipped catalogue with where its source says each thing, and the source itself."""
    shipped = reference.innovation_catalogue()
    rows = visible(visitor).filter(region__isnull=False)
    subjects = {
        subject.key: text(subject.title)
        for subject in (*shipped.chance_subjects, *shipped.barrier_subjects)
    }
    factors = _in_lists(rows, "factors")
    parts: Sequence[tuple[str, str, Sequence[reference.CatalogueItem], Mapping[str, int]]] = (
        ("themes", _("Themes"), shipped.themes, _in_lists(rows, "themes")),
        ("questions", _("Questions of youth care"), shipped.questions,
         _in_lists(rows, "questions")),
        ("actors", _("Who takes part"), shipped.actors, _in_lists(rows, "actors")),
        ("cooperation", _("Forms of cooperation"), shipped.cooperation,
         _in_lists(rows, "cooperation")),
        ("chances", _("Chances"), shipped.chances, factors),
        ("barriers", _("Barriers"), shipped.barriers, factors),
        ("trends", _("Trends in the world"), shipped.trends, _in_lists(rows, "trends")),
    )  # fmt: skip
    found = [
        CatalogueFacet(name, title, [_line(item, used, subjects) for item in items])
        for name, title, items, used in parts
    ]
    source = Source.objects.filter(key=shipped.source).first()
    return found, source_info(source) if source else None


def _line(
    item: reference.CatalogueItem, used: Mapping[str, int], subjects: Mapping[str, str]
) -> CatalogueLine:
    return CatalogueLine(
        key=item.key,
        title=text(item.title),
        summary=text(item.summary),
        place=item.place,
        used=used.get(item.key, 0),
        group=subjects.get(getattr(item, "subject", ""), ""),
        dominant=bool(getattr(item, "dominant", False)),
    )
