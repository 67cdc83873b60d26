"""What is tried in several regions: how much apart, and with whom a region could do it together.

A kind is a theme with a question of youth care. Counted is what is under way, in regions.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Count, F, Func, QuerySet, TextField, Window
from django.db.models.functions import RowNumber

from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.initiatives.stages import WORKING
from vliegwiel.apps.initiatives.words import labels
from vliegwiel.apps.regions.models import Region
from vliegwiel.science.portfolio import fragmentation

from .register import DEFERRED, InitiativeLine, Person, Wanted, counted, line_of, visible

_MOST_KINDS = 10
_MOST_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class SpreadLine:
    """A kind of initiatives; `apart` is the chance that two of them are of different regions."""

    theme: str
    question: str
    initiatives: int
    regions: int
    apart: float | None


@dataclass(frozen=True, slots=True)
class Spread:
    """`apart` is that chance over all kinds; None where nothing is tried twice.

    `regions` counts the regions with something under way: with one, nothing can be apart.
    """

    apart: float | None
    regions: int
    lines: Sequence[SpreadLine]
    kinds: int
    in_several: int


@dataclass(frozen=True, slots=True)
class SuggestedPartner:
    """Another region that works on kinds that the region works on too, with some of what it does.

    `together` counts those kinds, `about` names them.
    """

    region_name: str
    together: int
    about: Sequence[str]
    initiatives: int
    examples: Sequence[InitiativeLine]


def spread(visitor: Person, wanted: Wanted) -> Spread:
    """How much of what fits is tried apart, the kinds in most regions first."""
    counts: dict[str, dict[str, int]] = {}
    for (kind, region), number in counted(visitor, wanted, "spread", _counted).items():
        counts.setdefault(kind, {})[str(region)] = number
    found = fragmentation(counts)
    lines = [
        SpreadLine(*_words(one.kind), one.initiatives, one.places, one.index)
        for one in found.kinds[:_MOST_KINDS]
    ]
    several = sum(one.places > 1 for one in found.kinds)
    regions = len({region for places in counts.values() for region in places})
    return Spread(found.index, regions, lines, len(found.kinds), several)


def suggested_partners(
    region: Region, visitor: Person, *, most: int = 5
) -> Sequence[SuggestedPartner]:
    """Regions to do it together with, those with most kinds in common first."""
    counts = counted(visitor, Wanted(), "spread", _counted)
    mine = {kind for kind, place in counts if place == region.pk}
    shared: dict[int, Counter[str]] = {}
    for (kind, place), number in counts.items():
        if kind in mine and place != region.pk:
            shared.setdefault(place, Counter())[kind] += number
    best = sorted(shared, key=lambda place: (-len(shared[place]), -shared[place].total(), place))
    examples = _examples(visible(visitor), best[:most], mine)
    return [
        SuggestedPartner(
            region_name=lines[0].region_name,
            together=len(shared[place]),
            about=[" – ".join(_words(kind)) for kind, _n in shared[place].most_common(3)],
            initiatives=shared[place].total(),
            examples=lines,
        )
        for place in best[:most]
        if (lines := examples.get(place, []))
    ]


def _examples(
    rows: QuerySet[Initiative], places: Sequence[int], kinds: Collection[str]
) -> Mapping[int, list[InitiativeLine]]:
    """What changed last in each place among initiatives of these kinds."""
    newest = Window(
        RowNumber(), partition_by=F("region_id"), order_by=[F("changed_at").desc(), F("pk").desc()]
    )
    fitting = _under_way(rows).filter(region__in=places).annotate(kinds=_kinds())
    fitting = fitting.filter(kinds__overlap=list(kinds)).annotate(nth=newest)
    found: dict[int, list[InitiativeLine]] = {}
    shown = fitting.filter(nth__lte=_MOST_EXAMPLES).select_related("region").defer(*DEFERRED)
    for row in shown.order_by("-changed_at", "-pk"):
        if row.region_id is not None:
            found.setdefault(row.region_id, []).append(line_of(row))
    return found


def _counted(rows: QuerySet[Initiative]) -> Mapping[tuple[str, int], int]:
    """How many initiatives are under way by kind and region."""
    kind = Func(_kinds(), function="unnest", output_field=CharField())
    laid_out = (
        _under_way(rows).order_by().annotate(kind_of_it=kind).values("kind_of_it", "region_id")
    )
    numbers = laid_out.annotate(number=Count("pk"))
    pairs = numbers.values_list("kind_of_it", "region_id", "number")
    return {(kind, place): number for kind, place, number in pairs}


def _kinds() -> Func:
    """Every theme of an initiative with every question of it, as "theme:question"."""
    return Func(
        F("themes"),
        F("questions"),
        template="ARRAY(SELECT theme || ':' || question FROM unnest(%(expressions)s) AS question)",
        arg_joiner=") AS theme, unnest(",
        output_field=ArrayField(TextField()),
    )


def _under_way(rows: QuerySet[Initiative]) -> QuerySet[Initiative]:
    return rows.filter(region__isnull=False, stage__in=WORKING)


def _words(kind: str) -> tuple[str, str]:
    theme, _colon, question = kind.partition(":")
    return labels("themes", [theme])[0].title, labels("questions", [question])[0].title
