"""The innovation landscape: how many initiatives there are of each sort, and the catalogue."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Count, F, Func, QuerySet, TextField, Value
from django.utils.translation import gettext as _

from vliegwiel import reference
from vliegwiel.apps.figures.models import Source
from vliegwiel.apps.figures.queries import SourceInfo, source_info
from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.initiatives.stages import Stage
from vliegwiel.apps.initiatives.vocabulary import DataMark
from vliegwiel.apps.initiatives.words import choices, text

from .register import Person, Wanted, counted

_TEXTS: "ArrayField[list[str], list[str]]" = ArrayField(TextField())


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
    numbers = counted(visitor, wanted, "landscape", lambda rows: _counted(rows, _titles()))
    found = []
    for name, title in _titles().items():
        known = [(str(key), str(label)) for key, label in Stage.choices]
        keys = known if name == "stage" else choices(name)
        counts = [FacetCount(key, label, numbers[name].get(key, 0)) for key, label in keys]
        found.append(Facet(name, title, counts))
    return found


def landscape_mark(visitor: Person, wanted: Wanted) -> str:
    """The mark that counts of what fits must show: made-up rows among them make it one."""
    marks = counted(visitor, wanted, "marks", _marks)
    return next((mark for mark in (DataMark.GENERATED, DataMark.EXAMPLE) if mark in marks), "")


def _marks(rows: QuerySet[Initiative]) -> Sequence[str]:
    return list(rows.order_by().values_list("mark", flat=True).distinct())


def _counted(rows: QuerySet[Initiative], names: Iterable[str]) -> Mapping[str, Mapping[str, int]]:
    """How many of the rows have each key, by field, while the rows are read once.

    What is counted are the pairs of a field and a key of each row, laid out by the database.
    """
    found: dict[str, dict[str, int]] = {name: {} for name in names}
    pairs = reduce(_joined, (_pairs(name) for name in found))
    each = Func(pairs, function="unnest", output_field=CharField())
    laid_out = rows.order_by().annotate(each=each).values("each").annotate(number=Count("pk"))
    for pair, number in laid_out.values_list("each", "number"):
        name, _colon, key = pair.partition(":")
        found[name][key] = number
    return found


def _pairs(name: str) -> Func:
    """An array of "field:key" for a field that holds one key, or several."""
    several = name not in ("stage", "weight")
    return Func(
        Value(f"{name}:", output_field=TextField()),
        F(name),
        template="ARRAY(SELECT %(expressions)s) AS key)" if several else "ARRAY[%(expressions)s]",
        arg_joiner=" || key FROM unnest(" if several else " || ",
        output_field=_TEXTS,
    )


def _joined(first: Func, second: Func) -> Func:
    return Func(first, second, function="array_cat", output_field=_TEXTS)


def catalogue(visitor: Person) -> tuple[Sequence[CatalogueFacet], SourceInfo | None]:
    """The shipped catalogue with where its source says each thing, and the source itself."""
    shipped = reference.innovation_catalogue()
    subjects = {
        subject.key: text(subject.title)
        for subject in (*shipped.chance_subjects, *shipped.barrier_subjects)
    }
    names = ("themes", "questions", "actors", "cooperation", "factors", "trends")
    used = counted(
        visitor,
        Wanted(),
        "catalogue",
        lambda rows: _counted(rows.filter(region__isnull=False), names),
    )
    parts: Sequence[tuple[str, str, Sequence[reference.CatalogueItem], str]] = (
        ("themes", _("Themes"), shipped.themes, "themes"),
        ("questions", _("Questions of youth care"), shipped.questions, "questions"),
        ("actors", _("Who takes part"), shipped.actors, "actors"),
        ("cooperation", _("Forms of cooperation"), shipped.cooperation, "cooperation"),
        ("chances", _("Chances"), shipped.chances, "factors"),
        ("barriers", _("Barriers"), shipped.barriers, "factors"),
        ("trends", _("Trends in the world"), shipped.trends, "trends"),
    )
    found = [
        CatalogueFacet(name, title, [_line(item, used[field], subjects) for item in items])
        for name, title, items, field in parts
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
