"""The register over regions: what somebody may see, the board by stage, and the list."""

from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import TypeVar, overload

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Count, Q, QuerySet

from vliegwiel.apps.figures import in_language
from vliegwiel.apps.initiatives.models import Initiative
from vliegwiel.apps.initiatives.services import allowing
from vliegwiel.apps.initiatives.stages import Stage
from vliegwiel.apps.initiatives.words import Label, labels
from vliegwiel.apps.regions.kept_counts import kept_count
from vliegwiel.apps.regions.models import Membership, Region, User
from vliegwiel.apps.regions.searching import holds, sought

T = TypeVar("T")
Person = AbstractBaseUser | AnonymousUser
#: What the database keeps to search by; nobody reads it.
DEFERRED = ("search", "found_words", "found_parts")
_EVERY = 2**31


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for. An empty field narrows nothing."""

    text: str = ""
    theme: str = ""
    question: str = ""
    actor: str = ""
    cooperation: str = ""
    stage: str = ""
    financing: str = ""
    weight: str = ""
    factor: str = ""
    kind: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class InitiativeLine:
    """An initiative in a list. Without a region it stands in the shipped catalogue."""

    id: int
    region_slug: str
    region_name: str
    kind: str
    kind_label: str
    title: str
    summary: str
    stage: str
    stage_label: str
    stage_since: datetime
    themes: Sequence[Label]
    weight: str
    weight_label: str
    mark: str
    is_published: bool
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """A stage with how many initiatives stand there and the ones that came last."""

    stage: str
    label: str
    count: int
    lines: Sequence[InitiativeLine]


class Lines(Sequence[InitiativeLine]):
    """A long list that reads what is shown of it, and counts itself once."""

    def __init__(self, rows: QuerySet[Initiative]) -> None:
        self._rows = rows
        self._count: int | None = None

    def __len__(self) -> int:
        if self._count is None:
            self._count = self._rows.count()
        return self._count

    @overload
    def __getitem__(self, place: int) -> InitiativeLine: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[InitiativeLine]: ...
    def __getitem__(self, place: int | slice) -> InitiativeLine | Sequence[InitiativeLine]:
        if isinstance(place, slice):
            return [line_of(row) for row in self._rows[place]]
        return line_of(self._rows[place])


def find(visitor: Person, wanted: Wanted, *, region: Region | None = None) -> Lines:
    """What `visitor` may see that fits, the best match or the newest change first."""
    rows = narrowed(visible(visitor), wanted)
    if region is not None:
        rows = rows.filter(region=region)
    rows = rows.select_related("region").defer(*DEFERRED)
    return Lines(rows.order_by("-changed_at", "-pk"))


def board(region: Region, *, most: int = 6) -> Sequence[BoardColumn]:
    """Every stage of the region with the `most` that came there last: two queries."""
    of_region = Initiative.objects.filter(region=region)
    counts = dict(of_region.order_by().values_list("stage").annotate(number=Count("*")))
    # One look in the index per stage: numbering all of a long register would read and sort it.
    first, *others = (
        of_region.filter(stage=stage).order_by("-stage_since", "-pk").values("pk")[:most]
        for stage in Stage
    )
    last = first.union(*others, all=True)
    rows = Initiative.objects.filter(pk__in=last).defer(*DEFERRED).select_related("region")
    rows = rows.order_by("stage", "-stage_since", "-pk")
    shown: dict[str, list[InitiativeLine]] = {}
    for row in rows:
        shown.setdefault(row.stage, []).append(line_of(row))
    return [
        BoardColumn(stage, str(stage.label), counts.get(stage, 0), shown.get(stage, []))
        for stage in Stage
    ]


def count_of(region: Region) -> int:
    """How many initiatives of the region are not stopped."""
    return Initiative.objects.filter(region=region).exclude(stage=Stage.STOPPED).count()


def count_in_regions(visitor: Person, wanted: Wanted) -> int:
    """How many of what `visitor` may see and fits are of regions; the rest is the catalogue."""

    def count(rows: QuerySet[Initiative]) -> int:
        return rows.filter(region__isnull=False).count()

    return counted(visitor, wanted, "in regions", count)


def public_line(visitor: Person, pk: int) -> InitiativeLine | None:
    """One initiative that `visitor` may see, in whatever region; else None."""
    row = visible(visitor).filter(pk=pk).select_related("region").first()
    return line_of(row) if row is not None else None


def region_line(region: Region, pk: int) -> InitiativeLine | None:
    """One initiative of the region; else None."""
    row = Initiative.objects.filter(region=region, pk=pk).select_related("region").first()
    return line_of(row) if row is not None else None


def may_change(pk: int, user: User) -> bool:
    """Whether `user` may change what this initiative is."""
    row = Initiative.objects.filter(pk=pk).select_related("region").first()
    return row is not None and allowing.may_change(row, user)


def visible(visitor: Person) -> QuerySet[Initiative]:
    """What is published, and all of the regions in which `visitor` has a role."""
    rows = Initiative.objects.all()
    if not visitor.is_authenticated:
        return rows.filter(published_at__isnull=False)
    if getattr(visitor, "is_system", False):
        return rows
    mine = Membership.objects.filter(user_id=visitor.pk).values("region_id")
    return rows.filter(Q(published_at__isnull=False) | Q(region_id__in=mine))


def scope(visitor: Person) -> str | tuple[int, ...]:
    """What `visible` hangs on: who has the same scope sees the same."""
    if not visitor.is_authenticated:
        return "published"
    if getattr(visitor, "is_system", False):
        return "all"
    mine = Membership.objects.filter(user_id=visitor.pk).order_by("region_id")
    return tuple(mine.values_list("region_id", flat=True).distinct())


def counted(
    visitor: Person, wanted: Wanted, what: str, count: Callable[[QuerySet[Initiative]], T]
) -> T:
    """What `count` makes of all that `visitor` may see and fits.

    It is kept until an initiative changes. Not with words: of them there is no end, and they leave
    few rows to count.
    """
    rows = narrowed(visible(visitor), wanted)
    if wanted.text:
        return count(rows)
    hangs_on = (what, scope(visitor), astuple(wanted))
    return kept_count(Initiative, hangs_on, lambda: count(rows))


def narrowed(rows: QuerySet[Initiative], wanted: Wanted) -> QuerySet[Initiative]:
    """The rows that fit; of words each has to occur, as the search of the site finds them."""
    contained = {
        "themes": wanted.theme,
        "questions": wanted.question,
        "actors": wanted.actor,
        "cooperation": wanted.cooperation,
        "financing": wanted.financing,
        "factors": wanted.factor,
    }
    for field, key in contained.items():
        if key:
            rows = rows.filter(**{f"{field}__contains": [key]})
    equal = {"stage": wanted.stage, "kind": wanted.kind, "region__slug": wanted.region}
    rows = rows.filter(**{field: key for field, key in equal.items() if key})
    if wanted.weight:
        rows = rows.filter(weight__in=[wanted.weight, "both"])
    if wanted.text:
        # Apart, with a limit that is never reached: else the database likes to read the register
        # from the newest on and unpack the words of every row.
        holding = Initiative.objects.filter(_holds(wanted.text)).order_by().values("pk")[:_EVERY]
        rows = rows.filter(pk__in=holding)
    return rows


def _holds(text: str) -> Q:
    what = sought(text)
    found = holds(what) if what else Q(pk__in=[])
    if any(not (letter.isalpha() or letter.isspace()) for letter in text):
        # Such as "24/7": no words, but somebody may look for it as it is written.
        found |= Q(title_nl__icontains=text) | Q(title_en__icontains=text)
    return found


def line_of(row: Initiative) -> InitiativeLine:
    region = row.region
    return InitiativeLine(
        id=row.pk,
        region_slug=region.slug if region else "",
        region_name=region.name if region else "",
        kind=row.kind,
        kind_label=row.get_kind_display(),
        title=in_language(nl=row.title_nl, en=row.title_en or row.title_nl),
        summary=in_language(nl=row.summary_nl, en=row.summary_en or row.summary_nl),
        stage=row.stage,
        stage_label=row.get_stage_display() if row.stage else "",
        stage_since=row.stage_since,
        themes=labels("themes", row.themes),
        weight=row.weight,
        weight_label=row.get_weight_display() if row.weight else "",
        mark=row.mark,
        is_published=row.published_at is not None,
        changed_at=row.changed_at,
    )
