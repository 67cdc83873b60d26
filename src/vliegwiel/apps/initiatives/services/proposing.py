"""The proposal and the hypothesis of an initiative: every version stays."""

import math

from django.db import transaction
from django.utils.translation import gettext as _

from vliegwiel.apps.initiatives.errors import ChangedMeanwhile, InitiativeRefused
from vliegwiel.apps.initiatives.facts import (
    PROPOSAL_TEXTS,
    Change,
    Estimate,
    HypothesisFacts,
    NewCare,
    ProposalFacts,
)
from vliegwiel.apps.initiatives.models import (
    ForecastAsked,
    Hypothesis,
    HypothesisChange,
    Initiative,
    NewCareNumber,
    ProposalVersion,
)
from vliegwiel.apps.initiatives.vocabulary import (
    LARGEST_BUDGET,
    LONGEST_NAME,
    LONGEST_RAMP,
    LONGEST_TEXT,
    MOST_CHANGES,
    CareGroup,
    NewNumber,
)
from vliegwiel.apps.regions.models import User
from vliegwiel.apps.regions.rights import require

from .allowing import locked

#: The fields of a hypothesis, of each of its changes, and of each number of new care.
_KEPT = (
    *("for_whom", "judgement", "starts_on", "ramp_months", "municipalities"),
    *("new_care_name", "new_care_group", "new_care_goes_on_to"),
)
_ROW = ("target", "operation", "to", "low", "likely", "high")
_NUMBER = ("kind", "low", "likely", "high")


@transaction.atomic
def save_proposal(*, initiative_id: int, proposal: ProposalFacts, seen: int, by: User) -> int:
    """Keeps the next version of the proposal and returns its number; the same changes nothing.

    `seen` is the number of the version that was changed, 0 where there was none. Raises
    ChangedMeanwhile, InitiativeRefused with a sentence per field, Initiative.DoesNotExist, and
    NotAllowed.
    """
    initiative = locked(initiative_id, by=by)
    texts = {name: proposal.texts.get(name, "").strip() for name in PROPOSAL_TEXTS}
    problems = {
        name: _("Use at most %(n)s characters.") % {"n": LONGEST_TEXT}
        for name, text in texts.items()
        if len(text) > LONGEST_TEXT
    }
    if proposal.budget is not None and not 0 <= proposal.budget <= LARGEST_BUDGET:
        problems["budget"] = _("This number is too large.")
    if problems:
        raise InitiativeRefused(problems)
    now = initiative.proposals.first()
    given = {**texts, "budget": proposal.budget}
    if now is not None and all(getattr(now, name) == value for name, value in given.items()):
        return now.number
    number = now.number if now is not None else 0
    if number != seen:
        raise ChangedMeanwhile
    made = ProposalVersion(initiative=initiative, number=number + 1, budget=proposal.budget, by=by)
    for name, text in texts.items():
        setattr(made, name, text)
    made.save()
    return made.number


@transaction.atomic
def save_hypothesis(*, initiative_id: int, hypothesis: HypothesisFacts, seen: int, by: User) -> int:
    """Keeps the next version of the hypothesis and returns its number; the same changes nothing.

    That the care system knows what changes is asked where a scenario is made of it. Raises
    ChangedMeanwhile, InitiativeRefused with a sentence per field, Initiative.DoesNotExist, and
    NotAllowed.
    """
    initiative = locked(initiative_id, by=by)
    problems = _problems(hypothesis)
    if problems:
        raise InitiativeRefused(problems)
    now = initiative.hypotheses.prefetch_related("changes", "new_care_numbers").first()
    new = hypothesis.new_care
    kept = (
        *(hypothesis.for_whom.strip(), hypothesis.judgement.strip(), hypothesis.starts_on),
        *(hypothesis.ramp_months, sorted(hypothesis.municipalities)),
        *((new.name.strip(), new.group, new.goes_on_to) if new is not None else ("", "", "")),
    )
    rows = [
        (change.target, change.operation, change.to, change.low, change.likely, change.high)
        for change in hypothesis.changes
    ]
    estimates = new.numbers if new is not None else ()
    numbers = [(one.kind, one.low, one.likely, one.high) for one in estimates]
    if now is not None and _kept(now) == (kept, rows, numbers):
        return now.number
    number = now.number if now is not None else 0
    if number != seen:
        raise ChangedMeanwhile
    made = Hypothesis.objects.create(
        initiative=initiative, number=number + 1, by=by, **dict(zip(_KEPT, kept, strict=True))
    )
    HypothesisChange.objects.bulk_create(
        HypothesisChange(hypothesis=made, position=position, **dict(zip(_ROW, row, strict=True)))
        for position, row in enumerate(rows)
    )
    NewCareNumber.objects.bulk_create(
        NewCareNumber(hypothesis=made, **dict(zip(_NUMBER, one, strict=True))) for one in numbers
    )
    return made.number


@transaction.atomic
def record_forecast(
    *, initiative_id: int, hypothesis: int, scenario: int, run: int, by: User
) -> None:
    """Writes down that run `run` of scenario `scenario` forecasts version `hypothesis`.

    Once is enough: asking twice gives one row. Raises Hypothesis.DoesNotExist, and NotAllowed
    without the right `forecast.run`.
    """
    initiative = Initiative.objects.select_related("region").get(pk=initiative_id)
    assert initiative.region is not None, "only those of a region have a hypothesis"
    require(by, "forecast.run", initiative.region)
    found = initiative.hypotheses.get(number=hypothesis)
    ForecastAsked.objects.get_or_create(
        initiative=initiative,
        hypothesis=found,
        run=run,
        defaults={"scenario": scenario, "by": by},
    )


def _kept(now: Hypothesis) -> tuple[object, ...]:
    """What a version holds, in the form in which a new one is compared with it."""
    return (
        tuple(getattr(now, name) for name in _KEPT),
        [tuple(getattr(row, name) for name in _ROW) for row in now.changes.all()],
        [tuple(getattr(row, name) for name in _NUMBER) for row in now.new_care_numbers.all()],
    )


def _problems(hypothesis: HypothesisFacts) -> dict[str, str]:
    problems = {}
    if not 0 < len(hypothesis.for_whom.strip()) <= LONGEST_TEXT:
        problems["for_whom"] = _("Say for whom, in one or two sentences.")
    if not 0 < len(hypothesis.judgement.strip()) <= 200:
        problems["judgement"] = _("Say whose judgement this is.")
    if hypothesis.starts_on.day != 1:
        problems["starts_on"] = _("A change begins on the first of a month.")
    if not 0 <= hypothesis.ramp_months <= LONGEST_RAMP:
        problems["ramp_months"] = _("This number is too large.")
    if not 0 < len(hypothesis.changes) <= MOST_CHANGES:
        problems["changes"] = _("Fill in at least one change.")
    ranges: dict[str, Change | Estimate] = {
        f"likely_{number}": change for number, change in enumerate(hypothesis.changes)
    }
    if hypothesis.new_care is not None:
        problems |= _problems_of_new(hypothesis.new_care)
        ranges |= {f"{one.kind}_likely": one for one in hypothesis.new_care.numbers}
    for field, one in ranges.items():
        finite = all(map(math.isfinite, (one.low, one.likely, one.high)))
        if not finite or not one.low <= one.likely <= one.high:
            problems[field] = _("The likely number must lie between the lowest and the highest.")
    return problems


def _problems_of_new(new: NewCare) -> dict[str, str]:
    """What care that is not there yet has to say of itself."""
    problems = {}
    if not 0 < len(new.name.strip()) <= LONGEST_NAME:
        words = _("Give it a name of at most %(n)s characters.") % {"n": LONGEST_NAME}
        problems["new_name"] = words
    if new.group not in CareGroup.values:
        problems["new_group"] = _("Choose what sort of care it is.")
    for kind in (NewNumber.DAYS, NewNumber.COST_PER_DAY):
        if new.number(kind) is None:
            problems[f"{kind}_likely"] = _("Fill in all three numbers.")
    for one in new.numbers:
        # No care lasts no time; the rest may be nothing, but not less.
        if one.low < 0 or (one.kind == NewNumber.DAYS and one.low == 0):
            problems[f"{one.kind}_low"] = _("This number is too small.")
    if (new.number(NewNumber.GOES_ON) is None) != (new.goes_on_to == ""):
        problems["goes_on_to"] = _("Say where these youths go, and which part of them.")
    return problems
