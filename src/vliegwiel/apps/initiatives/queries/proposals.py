"""The proposal, what it still lacks, the palette to start from, and the hypothesis."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from vliegwiel import reference
from vliegwiel.apps.initiatives.facts import (
    PROPOSAL_TEXTS,
    Change,
    Estimate,
    HypothesisFacts,
    NewCare,
)
from vliegwiel.apps.initiatives.models import Hypothesis, Initiative, ProposalVersion
from vliegwiel.apps.initiatives.words import PROPOSAL_LABELS, text


@dataclass(frozen=True, slots=True)
class ProposalNow:
    """The newest version; `number` is 0 and every text empty where there is none."""

    number: int
    texts: Mapping[str, str]
    budget: int | None
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class RequirementLine:
    """Whether the proposal meets a requirement; `missing` are the parts to fill in, with words.

    `place` is where the source says it, empty for what we add to its nine.
    """

    key: str
    title: str
    place: str
    is_met: bool
    missing: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PaletteLine:
    key: str
    title: str
    summary: str
    question: str
    hypothesis: str
    place: str


@dataclass(frozen=True, slots=True)
class HypothesisNow:
    """The newest version, who wrote it, and the forecasts that were asked of any version.

    `forecasts` holds version, scenario and run, the newest first.
    """

    number: int
    facts: HypothesisFacts
    by: str
    at: datetime
    forecasts: Sequence[tuple[int, int, int]]


def proposal_now(pk: int) -> ProposalNow:
    row = ProposalVersion.objects.filter(initiative_id=pk).select_related("by").first()
    if row is None:
        return ProposalNow(0, dict.fromkeys(PROPOSAL_TEXTS, ""), None, "", None)
    texts = {name: getattr(row, name) for name in PROPOSAL_TEXTS}
    return ProposalNow(row.number, texts, row.budget, str(row.by), row.at)


def requirements(proposal: ProposalNow) -> Sequence[RequirementLine]:
    """The nine requirements of the source, and the two that we add: parties and budget."""
    lines = [
        _requirement(item.key, text(item.title), item.place, item.fields, proposal)
        for item in reference.proposal_palette().requirements
    ]
    added = (
        ("parties", _("It is said who takes part"), ["parties"]),
        ("budget", _("It is said what it costs"), ["budget"]),
    )
    return [*lines, *(_requirement(key, title, "", names, proposal) for key, title, names in added)]


def _requirement(
    key: str, title: str, place: str, names: Sequence[str], proposal: ProposalNow
) -> RequirementLine:
    empty = [
        (name, str(PROPOSAL_LABELS[name]))
        for name in names
        if (proposal.budget is None if name == "budget" else not proposal.texts[name])
    ]
    return RequirementLine(key, title, place, not empty, empty)


def palette() -> Sequence[PaletteLine]:
    """The proposals that ship to start from, in the order of their source."""
    found = reference.proposal_palette()
    return [
        PaletteLine(
            item.key,
            text(item.title),
            text(item.summary),
            text(item.question),
            text(found.hypothesis),
            item.place,
        )
        for item in found.proposals
    ]


def hypothesis_now(pk: int) -> HypothesisNow | None:
    rows = Hypothesis.objects.filter(initiative_id=pk).select_related("by")
    row = rows.prefetch_related("changes", "new_care_numbers").first()
    if row is None:
        return None
    asked = Initiative.objects.get(pk=pk).forecasts
    forecasts = asked.values_list("hypothesis__number", "scenario", "run")
    return HypothesisNow(row.number, _facts(row), str(row.by), row.at, list(forecasts))


def _facts(row: Hypothesis) -> HypothesisFacts:
    starts_on: date = row.starts_on
    return HypothesisFacts(
        for_whom=row.for_whom,
        judgement=row.judgement,
        starts_on=starts_on,
        ramp_months=row.ramp_months,
        municipalities=tuple(row.municipalities),
        changes=tuple(
            Change(item.target, item.operation, item.low, item.likely, item.high, item.to)
            for item in row.changes.all()
        ),
        new_care=_new_care(row) if row.new_care_name else None,
    )


def _new_care(row: Hypothesis) -> NewCare:
    return NewCare(
        name=row.new_care_name,
        group=row.new_care_group,
        numbers=tuple(
            Estimate(one.kind, one.low, one.likely, one.high) for one in row.new_care_numbers.all()
        ),
        goes_on_to=row.new_care_goes_on_to,
    )
