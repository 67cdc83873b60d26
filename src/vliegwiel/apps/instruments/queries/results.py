"""What a round brought. A scan is told when it is closed: an open one would tell, from one answer
to the next, what somebody just said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from vliegwiel.apps.figures import in_language
from vliegwiel.apps.instruments.models import Round, RoundAnswer
from vliegwiel.apps.regions.models import Region
from vliegwiel.science.questionnaires import (
    LEAST_RESPONDENTS,
    Answer,
    Answered,
    AnswerKind,
    ComparedQuestion,
    Instrument,
    ScanResult,
    Use,
    compare,
    profile,
    read_answers,
    scan_result,
)

from .instruments import document
from .rounds import RoundDetail


@dataclass(frozen=True, slots=True)
class EarlierRound:
    """A closed scan with the same instrument: means by key of the aspect, of all respondents."""

    id: int
    title: str
    closed_at: datetime
    mark: str
    respondents: int
    aspects: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Spoken:
    """Something that a party said in a conversation, to carry over as an observation."""

    round_id: int
    round_title: str
    mark: str
    party: str
    question: str
    question_text: str
    text: str
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """The newest answers of one party that count, with the questions as they were then."""

    instrument: Instrument
    answers: Mapping[str, Answer]
    at: datetime


def said_by(parties: Sequence[int]) -> Mapping[int, Said]:
    """What parties of any round said last, by party; who handed nothing in is not there."""
    rows = RoundAnswer.objects.filter(party__in=parties, done=True)
    newest = rows.order_by("party_id", "-saved_at", "-pk").distinct("party_id")
    found = {}
    for row in newest.select_related("party__round__version"):
        instrument = document(row.party.round.version.document)
        found[row.party_id] = Said(instrument, _read(instrument, row), row.saved_at)
    return found


def scanned(found: RoundDetail) -> ScanResult | None:
    """The scores of a closed scan that may be shown; None while it is open, or no scan."""
    if found.line.closed_at is None or found.instrument.use is not Use.SCAN:
        return None
    return scan_result(found.instrument, _answered(found.line.id, found.instrument))


def compared(found: RoundDetail) -> Sequence[ComparedQuestion]:
    """The newest answer of every party beside each other, by title of the party."""
    newest: dict[str, Mapping[str, Answer]] = {}
    for row in _handed_in(found.line.id):
        newest[row.party.title] = _read(found.instrument, row)
    titles = [party.title for party in found.parties if party.title in newest]
    return compare(found.instrument, {title: newest[title] for title in titles})


def earlier_rounds(region: Region, instrument_id: int) -> Sequence[EarlierRound]:
    """Closed scans with an instrument, the oldest first, without those with too few answers."""
    rounds = Round.objects.filter(
        region=region, version__questionnaire=instrument_id, closed_at__isnull=False
    ).select_related("version")
    answers: dict[int, list[RoundAnswer]] = {}
    every = RoundAnswer.objects.filter(party__round__in=rounds, done=True)
    for given in every.select_related("party"):
        answers.setdefault(given.party.round_id, []).append(given)
    found = []
    for row in rounds.order_by("closed_at", "pk"):
        instrument = document(row.version.document)
        if instrument.use is not Use.SCAN or row.closed_at is None:
            continue
        said = [Answered(a.party.title, _read(instrument, a)) for a in answers.get(row.pk, [])]
        if len(said) >= LEAST_RESPONDENTS:
            total = profile(instrument, said)
            means = {key: score.mean for key, score in total.aspects.items()}
            found.append(
                EarlierRound(row.pk, row.title, row.closed_at, row.mark, total.respondents, means)
            )
    return found


def spoken_in(found: RoundDetail) -> Sequence[Spoken]:
    """What was said in one conversation, question by question; nothing of another kind of round."""
    if found.instrument.use is not Use.CONVERSATION:
        return []
    said = [
        _said(row, found.line.title, found.line.mark, found.line.id, found.instrument)
        for row in _handed_in(found.line.id)
    ]
    order = {question.key: place for place, question in enumerate(found.instrument.questions)}
    return sorted((line for lines in said for line in lines), key=lambda line: order[line.question])


def spoken(region: Region) -> Sequence[Spoken]:
    """Everything that was said in conversations of a region, the newest first."""
    rows = (
        RoundAnswer.objects.filter(party__round__region=region, done=True)
        .select_related("party__round__version")
        .order_by("-saved_at", "-pk")
    )
    found: list[Spoken] = []
    for row in rows:
        held = row.party.round
        instrument = document(held.version.document)
        if instrument.use is Use.CONVERSATION:
            found += _said(row, held.title, held.mark, held.pk, instrument)
    return found


def _said(
    row: RoundAnswer, title: str, mark: str, round_id: int, instrument: Instrument
) -> list[Spoken]:
    """What one party said, in the order of the questions."""
    return [
        Spoken(
            round_id=round_id,
            round_title=title,
            mark=mark,
            party=row.party.title,
            question=question.key,
            question_text=in_language(nl=question.text.nl, en=question.text.en),
            text=str(row.answers[question.key]),
            said_at=row.saved_at,
        )
        for question in instrument.questions
        if question.kind is AnswerKind.TEXT and row.answers.get(question.key)
    ]


def _handed_in(round_id: int) -> Sequence[RoundAnswer]:
    """What counts, in the order in which it was saved."""
    rows = RoundAnswer.objects.filter(party__round=round_id, done=True)
    return list(rows.select_related("party").order_by("saved_at", "pk"))


def _answered(round_id: int, instrument: Instrument) -> list[Answered]:
    return [Answered(r.party.title, _read(instrument, r)) for r in _handed_in(round_id)]


def _read(instrument: Instrument, row: RoundAnswer) -> Mapping[str, Answer]:
    return read_answers(instrument, row.answers, complete=False)
