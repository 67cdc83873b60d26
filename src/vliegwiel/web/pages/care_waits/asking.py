"""What somebody asks of the waiting times, and whether the figures are there."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.regions import rights
from vliegwiel.apps.trajectories import queries
from vliegwiel.apps.trajectories.queries import Situation
from vliegwiel.science.trajectories import Clock, Split, WaitingOverview
from vliegwiel.web import notation
from vliegwiel.web.pages.access import RegionRequest

from . import words


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for. `overview` is None when its figures are not there."""

    situation: Situation
    overview: WaitingOverview | None
    split: Split
    clock: Clock
    may_work: bool

    @property
    def query(self) -> str:
        """The same question in an address."""
        known = self.situation.known
        day = "" if self.situation.is_newest or known is None else f"&bekend={known.isoformat()}"
        return f"naar={self.split.value}&klok={self.clock.value}{day}"


class ChoiceForm(forms.Form):
    """How the table is split, by which clock, and as known on which day."""

    def __init__(self, asked: Asked) -> None:
        known = asked.situation.known
        start = {"naar": asked.split.value, "klok": asked.clock.value, "bekend": known}
        super().__init__(initial=start, auto_id="wait_%s")
        # By the words that stand in addresses, which are Dutch.
        self.fields["naar"] = forms.ChoiceField(
            label=_("Split by"), choices=[(split.value, words.SPLITS[split]) for split in Split]
        )
        self.fields["klok"] = forms.ChoiceField(
            label=_("Clock"), choices=[(clock.value, words.CLOCKS[clock][0]) for clock in Clock]
        )
        if asked.may_work:
            days = [(day.isoformat(), notation.day(day)) for day in asked.situation.days]
            self.fields["bekend"] = forms.ChoiceField(label=_("As known on"), choices=days)
            self.initial["bekend"] = known.isoformat() if known else ""


def asked_of(request: RegionRequest, region: Any) -> Asked:
    """What the address asks for; Http404 for what is not there to be asked.

    Figures of the newest day are for everybody in the region. Those of earlier days, which side by
    side tell more, are for who may see care data: PermissionDenied for others.
    """
    may_work = rights.may(request.user, "care_data.view", region)
    given = request.GET.get("bekend", "")
    try:
        known = date.fromisoformat(given) if given else None
        split = Split(request.GET.get("naar", Split.FORM.value))
        clock = Clock(request.GET.get("klok", Clock.W1.value))
    except ValueError as error:
        raise Http404 from error
    found = queries.situation(region, known)
    if known is not None and found.known is None:
        raise Http404
    if not (found.is_newest or found.known is None or may_work):
        raise PermissionDenied
    return Asked(found, queries.overview(found), split, clock, may_work)
