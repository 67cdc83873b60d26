"""Decisions about an initiative, beside the evidence that they rest on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from vliegwiel.apps.decisions import (
    DecisionFacts,
    DecisionRefused,
    ProvisionalEvidence,
    queries,
    services,
)
from vliegwiel.apps.decisions.queries import EvidenceLine, Kind
from vliegwiel.apps.explorer import sentences
from vliegwiel.apps.initiatives import InitiativeRefused, StepRefused
from vliegwiel.apps.pilots import queries as pilots
from vliegwiel.apps.pilots import result_words
from vliegwiel.apps.regions import rights
from vliegwiel.web.login.kept import typed
from vliegwiel.web.pages.access import RegionRequest, region_page
from vliegwiel.web.pages.initiatives.one import line_of
from vliegwiel.web.pages.initiatives.saving import InitiativeForm, area, day

from . import words

_TONES = {"hard": "valid", "indication": "warning", "hard_adverse": "danger"}


class DecisionForm(InitiativeForm):
    """What was decided, on what, why and by whom; an exception stands apart."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What was decided"), choices=Kind.choices, widget=forms.RadioSelect
    )
    evidence = forms.ChoiceField(label=gettext_lazy("On which evidence"), required=False)
    reason = area(
        gettext_lazy("Why"),
        required=True,
        help_text=gettext_lazy("Of a stop also what was learned, so that others can use it."),
    )
    decided_by = forms.CharField(label=gettext_lazy("Who decided together"), max_length=200)
    decided_on = day(gettext_lazy("On which day"), initial=timezone.localdate)
    exception_reason = area(gettext_lazy("Why an exception is made"))
    exception_by = forms.CharField(
        label=gettext_lazy("Who answers for the exception"), max_length=200, required=False
    )

    def __init__(self, *args: Any, evidence: Sequence[EvidenceLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (str(one.id), f"{one.outcome} ({one.pilot_title}): {_label(one.verdict)}")
            for one in evidence
        ]
        self.fields["evidence"].choices = [("", _("None")), *choices]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind, f"{label}. {words.MEANING[kind]}") for kind, label in Kind.choices
        ]
        if len(choices) == 1:
            self.fields["evidence"].initial = choices[0][0]

    def facts(self) -> DecisionFacts:
        given = dict(self.cleaned_data)
        number = given.pop("evidence")
        return DecisionFacts(**given, evidence=int(number) if number else None)


@dataclass(frozen=True, slots=True)
class EvidenceShown:
    """Evidence in words; `needed` is what must come first before it can be rolled out."""

    line: EvidenceLine
    label: str
    may: str
    tone: str
    effect: str
    needed: Sequence[str]
    opens: bool


def _label(verdict: str) -> str:
    return str(result_words.VERDICTS[verdict][0])


def _shown(line: EvidenceLine) -> EvidenceShown:
    likely = words.sized(line.estimate, line.unit, per_cent=line.per_cent)
    band = words.spanned(line.low, line.high, line.unit, per_cent=line.per_cent)
    return EvidenceShown(
        line,
        _label(line.verdict),
        str(result_words.VERDICTS[line.verdict][1]),
        _TONES.get(line.verdict, "neutral"),
        likely if line.low is None else f"{likely} ({band})",
        [*words.needed(line.verdict, line.lacking), *([line.shut] if line.shut else [])],
        line.verdict == "hard" and not line.measured_since and not line.shut,
    )


@region_page("region.view", change="decisions.take", keeps_typed=True)
def decisions(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """The evidence, the choice beside it, and every decision so far."""
    line, evidence = line_of(region, pk), queries.evidence_of(pk)
    shown = [_shown(one) for one in evidence]
    form = DecisionForm(typed(request), evidence=evidence)
    if request.method == "POST" and form.is_valid() and _decided(request, pk, form):
        messages.success(request, _("The decision was recorded. It stays as it is."))
        return redirect("initiative_decisions", region.slug, pk)
    context = {
        "line": line,
        "form": form,
        "evidence": shown,
        "decisions": queries.decisions_of(pk),
        "opens": any(one.opens for one in shown)
        and not any(one.measured_since for one in evidence),
        "pilots": [one for one in pilots.pilots_of(pk) if one.registered_at is not None],
        "may_decide": rights.may(request.user, "decisions.take", region),
        "may_measure": rights.may(request.user, "measurements.add", region),
        "labels": dict(Kind.choices),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "decisions/decisions.html", context, status=status)


@require_POST
@region_page("measurements.add")
def keep(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """Records what every registered outcome shows now."""
    line_of(region, pk)
    kept = 0
    for pilot in pilots.pilots_of(pk):
        if pilot.registered_at is not None:
            plan = pilots.plan_of(pilot.id)
            assert plan is not None, "it stood in the list"
            for outcome in plan.outcomes:
                found = services.keep_evidence(outcome_id=outcome.id, by=request.user)
                kept += found is not None
    if kept:
        messages.success(request, _("It is on record what the measurements show now."))
    else:
        messages.info(request, _("There is nothing to record yet: too little was measured."))
    return redirect("initiative_decisions", region.slug, pk)


def _decided(request: RegionRequest, pk: int, form: DecisionForm) -> bool:
    try:
        services.decide(initiative_id=pk, facts=form.facts(), by=request.user)
    except DecisionRefused as refused:
        form.refuse(refused.problems)
    except ProvisionalEvidence as refused:
        form.add_error("kind", _refusal(refused))
    except InitiativeRefused as refused:
        form.refuse(refused.problems)
    except StepRefused:
        form.add_error(
            "kind", _("This is not possible from the stage in which the initiative stands now.")
        )
    else:
        return True
    return False


def _refusal(refused: ProvisionalEvidence) -> str:
    """Why scaling up is refused, and what is needed."""
    verdict = sentences.uncapitalised(_label(refused.verdict))
    first = _("Scaling up is refused: %(verdict)s.") % {"verdict": verdict}
    needed = " ".join(words.needed(refused.verdict, refused.lacking))
    last = _("Who scales up all the same records an exception, with a reason and a name.")
    return f"{first} {_('What is needed:')} {needed} {last}"
