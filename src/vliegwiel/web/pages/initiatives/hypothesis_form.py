"""The form of a hypothesis: rows of what changes, in percent, in the words of the care system."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.apps.explorer import descriptions, sentences
from vliegwiel.apps.initiatives import Change, HypothesisFacts, change_of, percent_of, queries
from vliegwiel.apps.initiatives.queries import HypothesisNow
from vliegwiel.science.caresystem import CareSystem, Fault
from vliegwiel.web import notation

from .hypothesis_words import NEW, to_choices, what_choices
from .new_care_form import NewCareForm, initial_of
from .saving import area

_MONTHS_TO_CHOOSE = 60
_ROWS = 3
_ROW = ("what", "to", "low", "likely", "high")
_MOST_PERCENT = 1000


class HypothesisForm(NewCareForm):
    """For whom, by whose judgement, from when and where; and a few changes, the rest empty."""

    for_whom = area(
        gettext_lazy("For whom"),
        required=True,
        help_text=gettext_lazy("Which group of young people and families this is about."),
    )
    judgement = forms.CharField(
        label=gettext_lazy("Whose judgement this is"),
        max_length=200,
        help_text=gettext_lazy(
            "The group, the study or the measurement that the numbers are from."
        ),
    )
    starts_on = forms.ChoiceField(label=gettext_lazy("From which month"))
    ramp_months = forms.IntegerField(
        label=gettext_lazy("Months until it works fully"),
        min_value=0,
        max_value=queries.LONGEST_RAMP,
        initial=6,
    )
    municipalities = forms.MultipleChoiceField(
        label=gettext_lazy("Only in these municipalities"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Choose none to start everywhere at once."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, system: CareSystem, now: HypothesisNow | None, **kwargs: Any
    ) -> None:
        months = _months(system.start)
        kwargs["initial"] = _initial(now, [key for key, _name in months])
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].choices = months  # type: ignore[attr-defined]
        self.fields["municipalities"].choices = sorted(  # type: ignore[attr-defined]
            ((place.code, place.name) for place in system.municipalities), key=lambda one: one[1]
        )
        known = len(now.facts.changes) if now is not None else 0
        self.count = min(max(_ROWS, known + 1), queries.MOST_CHANGES)
        whats, places = what_choices(system), to_choices(system)
        self.place_new_care([*descriptions.places_of(system).items()])
        for row in range(self.count):
            self.fields |= _row_fields(row, whats, places)

    def rows(self) -> Sequence[Sequence[BoundField]]:
        """The fields of each change."""
        return [[self[f"{name}_{row}"] for name in _ROW] for row in range(self.count)]

    def plain(self) -> Sequence[BoundField]:
        """The fields that are no part of a change."""
        rows = {f"{name}_{row}" for name in _ROW for row in range(self.count)} | self.new_names()
        return [field for field in self if field.name not in rows]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        used = [row for row in range(self.count) if data.get(f"what_{row}")]
        if not used:
            self.add_error("what_0", _("Choose at least one thing that changes."))
        for row in used:
            names = [f"{name}_{row}" for name in ("low", "likely", "high")]
            self.check_range(names, data, needed=True)
            if data[f"what_{row}"].startswith("move ") and not data.get(f"to_{row}"):
                self.add_error(f"to_{row}", _("Say where these youths go instead."))
        moves = [row for row in used if data[f"what_{row}"].startswith("move ")]
        self.check_new_care(data, is_reached=any(data.get(f"to_{row}") == NEW for row in moves))
        return data

    def facts(self) -> HypothesisFacts:
        given = self.cleaned_data
        return HypothesisFacts(
            for_whom=given["for_whom"],
            judgement=given["judgement"].strip(),
            starts_on=date.fromisoformat(given["starts_on"]),
            ramp_months=given["ramp_months"],
            municipalities=tuple(sorted(given["municipalities"])),
            changes=tuple(self._change(row) for row in self._used()),
            new_care=self.new_care(),
        )

    def add_faults(self, faults: Sequence[Fault]) -> None:
        """Shows what the care system objects to beside the change that it is about."""
        used = self._used()
        for fault in faults:
            if fault.path.startswith("new_care_types["):
                self.add_error("new_name", sentences.fault(fault))
                continue
            place = fault.path.removeprefix("interventions[").partition("]")[0]
            row = used[int(place)] if place.isdecimal() and int(place) < len(used) else None
            field = f"what_{row}" if row is not None else None
            self.add_error(field, sentences.fault(fault))

    def _used(self) -> list[int]:
        return [row for row in range(self.count) if self.cleaned_data.get(f"what_{row}")]

    def _change(self, row: int) -> Change:
        given = self.cleaned_data
        operation, target = given[f"what_{row}"].split(" ", 1)
        to, new = given[f"to_{row}"] if operation == "move" else "", self.new_care()
        return change_of(
            target=target,
            operation=operation,
            to=new.id if to == NEW and new is not None else to,
            low=given[f"low_{row}"],
            likely=given[f"likely_{row}"],
            high=given[f"high_{row}"],
        )


def _row_fields(row: int, whats: Any, places: Any) -> dict[str, forms.Field]:
    labels = {"low": _("Lowest (%)"), "likely": _("Likely (%)"), "high": _("Highest (%)")}
    numbers = {
        f"{name}_{row}": forms.FloatField(
            label=label,
            required=False,
            localize=True,
            min_value=-100,
            max_value=_MOST_PERCENT,
        )
        for name, label in labels.items()
    }
    return {
        f"what_{row}": forms.ChoiceField(label=_("What changes"), required=False, choices=whats),
        f"to_{row}": forms.ChoiceField(label=_("To where instead"), required=False, choices=places),
        **numbers,
    }


def _initial(now: HypothesisNow | None, months: Sequence[str]) -> dict[str, Any]:
    if now is None:
        # A change that is still to come: the first month after today, where the system has it.
        today = timezone.localdate().isoformat()
        later = next((month for month in months if month > today), months[0])
        return {"seen": 0, "starts_on": later}
    facts = now.facts
    initial: dict[str, Any] = {
        "for_whom": facts.for_whom,
        "judgement": facts.judgement,
        "starts_on": facts.starts_on.isoformat(),
        "ramp_months": facts.ramp_months,
        "municipalities": list(facts.municipalities),
        "seen": now.number,
        **initial_of(facts.new_care),
    }
    for row, change in enumerate(facts.changes):
        is_new = facts.new_care is not None and change.to == facts.new_care.id
        to = NEW if is_new else change.to
        values = (f"{change.operation} {change.target}", to, *percent_of(change))
        initial |= {f"{name}_{row}": value for name, value in zip(_ROW, values, strict=True)}
    return initial


def _months(start: date) -> list[tuple[str, str]]:
    found = []
    for number in range(_MONTHS_TO_CHOOSE):
        years, month = divmod(start.month - 1 + number, 12)
        first = date(start.year + years, month + 1, 1)
        found.append((first.isoformat(), notation.month(first)))
    return found
