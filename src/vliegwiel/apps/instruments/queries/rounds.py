"""Rounds of a region: which there are, who was asked and how far they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from vliegwiel.apps.figures import in_language
from vliegwiel.apps.instruments.models import Round
from vliegwiel.apps.regions.models import Region
from vliegwiel.science.questionnaires import Instrument

from .instruments import document


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round; `handed_in` counts respondents whose answers count."""

    id: int
    title: str
    instrument_id: int
    instrument: str
    version: int
    use: str
    mark: str
    opened_at: datetime
    closed_at: datetime | None
    again_on: date | None
    parties: int
    handed_in: int


@dataclass(frozen=True, slots=True)
class PartyLine:
    """A party with the secret part of its address, and how many handed in or are still busy."""

    id: int
    title: str
    invite: str
    handed_in: int
    busy: int


@dataclass(frozen=True, slots=True)
class RoundDetail:
    """A round with its document and parties, in the order in which they were named."""

    line: RoundLine
    instrument: Instrument
    parties: Sequence[PartyLine]


def round_list(region: Region) -> Sequence[RoundLine]:
    """Every round, those that are open first, then the newest."""
    lines = [_line(row) for row in _rounds(region)]
    return sorted(lines, key=lambda line: line.closed_at is not None)


def rounds_due(region: Region, *, until: date) -> Sequence[RoundLine]:
    """Rounds that must be looked at again on or before a day, the earliest first."""
    rows = _rounds(region).filter(again_on__lte=until).order_by("again_on", "pk")
    return [_line(row) for row in rows]


def round_detail(region: Region, pk: int) -> RoundDetail | None:
    """One round; None where the region has no such round."""
    row = _rounds(region).filter(pk=pk).first()
    if row is None:
        return None
    parties = row.parties.annotate(
        count_done=Count("answers", filter=Q(answers__done=True)), count_all=Count("answers")
    )
    return RoundDetail(
        line=_line(row),
        instrument=document(row.version.document),
        parties=[
            PartyLine(
                id=party.pk,
                title=party.title,
                invite=party.invite,
                handed_in=party.count_done,
                busy=party.count_all - party.count_done,
            )
            for party in parties
        ],
    )


def _rounds(region: Region) -> QuerySet[Round]:
    done = Count("parties__answers", filter=Q(parties__answers__done=True), distinct=True)
    return (
        Round.objects.filter(region=region)
        .select_related("version")
        .annotate(count_parties=Count("parties", distinct=True), count_done=done)
    )


def _line(row: Round) -> RoundLine:
    found = document(row.version.document)
    return RoundLine(
        id=row.pk,
        title=row.title,
        instrument_id=row.version.questionnaire_id,
        instrument=in_language(nl=found.title.nl, en=found.title.en),
        version=row.version.number,
        use=found.use,
        mark=row.mark,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        again_on=row.again_on,
        parties=row.count_parties,  # type: ignore[attr-defined]
        handed_in=row.count_done,  # type: ignore[attr-defined]
    )
