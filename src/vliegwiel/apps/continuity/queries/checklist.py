"""The checklist over the municipalities, its history and its deadlines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from vliegwiel.apps.continuity.models import CheckAnswer, CheckItem, CheckState
from vliegwiel.apps.figures import in_language
from vliegwiel.apps.regions.models import Region

_TO_DO = (CheckState.NOT_BEGUN, CheckState.UNDER_WAY)


@dataclass(frozen=True, slots=True)
class CheckCell:
    """An answer of a municipality; `replaced_at` is None for the one in force."""

    municipality: str
    state: str
    state_label: str
    deadline: date | None
    owner: str
    evidence: str
    by: str
    at: datetime
    replaced_at: datetime | None

    def is_late(self, today: date) -> bool:
        """Whether it should have stood by now."""
        return self.state in _TO_DO and self.deadline is not None and self.deadline < today


@dataclass(frozen=True, slots=True)
class CheckLine:
    """An item with the answers in force by code of the municipality."""

    id: int
    title: str
    why: str
    evidence: str
    own: bool
    cells: Mapping[str, CheckCell]


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something that must stand on a day, and does not yet."""

    item_id: int
    title: str
    municipality: str
    municipality_name: str
    owner: str
    deadline: date


def checklist(region: Region) -> Sequence[CheckLine]:
    """Every item with how each municipality stands."""
    cells: dict[int, dict[str, CheckCell]] = {}
    rows = CheckAnswer.objects.filter(item__region=region, replaced_at__isnull=True)
    for row in rows.select_related("municipality", "by"):
        cells.setdefault(row.item_id, {})[row.municipality.code] = _cell(row)
    items = CheckItem.objects.filter(region=region)
    return [_line(item, cells.get(item.pk, {})) for item in items]


def check_item(region: Region, pk: int) -> CheckLine | None:
    """The item with this number, if it is one of the region."""
    return next((line for line in checklist(region) if line.id == pk), None)


def answers_of(item_id: int, municipality: str) -> Sequence[CheckCell]:
    """Every answer of a municipality to an item, the last first."""
    rows = CheckAnswer.objects.filter(item=item_id, municipality__code=municipality)
    return [_cell(row) for row in rows.select_related("municipality", "by")]


def deadlines(region: Region, *, until: date) -> Sequence[Deadline]:
    """What must stand on or before a day and does not yet, the earliest first."""
    rows = CheckAnswer.objects.filter(
        item__region=region, replaced_at__isnull=True, state__in=_TO_DO, deadline__lte=until
    ).select_related("item", "municipality")
    return [
        Deadline(
            item_id=row.item_id,
            title=_text(row.item.title_nl, row.item.title_en),
            municipality=row.municipality.code,
            municipality_name=row.municipality.name,
            owner=row.owner,
            deadline=row.deadline,
        )
        for row in rows.order_by("deadline", "item__position", "municipality__name")
        if row.deadline is not None
    ]


def check_states() -> Sequence[tuple[str, str]]:
    """The states that an item can be in, with their names."""
    return [(value, str(label)) for value, label in CheckState.choices]


def _line(item: CheckItem, cells: Mapping[str, CheckCell]) -> CheckLine:
    return CheckLine(
        id=item.pk,
        title=_text(item.title_nl, item.title_en),
        why=_text(item.why_nl, item.why_en),
        evidence=_text(item.evidence_nl, item.evidence_en),
        own=item.version is None,
        cells=cells,
    )


def _text(nl: str, en: str) -> str:
    """What a region wrote itself stands in one language."""
    return in_language(nl=nl, en=en or nl)


def _cell(row: CheckAnswer) -> CheckCell:
    return CheckCell(
        municipality=row.municipality.code,
        state=row.state,
        state_label=row.get_state_display(),
        deadline=row.deadline,
        owner=row.owner,
        evidence=row.evidence,
        by=str(row.by),
        at=row.at,
        replaced_at=row.replaced_at,
    )
