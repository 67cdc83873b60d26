"""The forms of the yardstick: an indicator of the region, a target, a reading."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.yardstick import IndicatorFacts, TargetFacts
from vliegwiel.apps.yardstick.queries import (
    LONGEST_NAME,
    Definition,
    Direction,
    Kind,
    Level,
    Role,
    TargetNow,
    breakdown_choices,
)
from vliegwiel.web.pages.initiatives.saving import area, day

_PLAIN = ("name", "definition", "kind", "unit", "better", "level", "numerator", "denominator")


class RefusableForm(forms.Form):
    """A form that shows what a service objects to beside its fields."""

    def refuse(self, problems: Mapping[str, str]) -> None:
        for field, sentence in problems.items():
            self.add_error(field if field in self.fields else None, sentence)


class IndicatorForm(RefusableForm):
    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    definition = area(
        _("Definition"), required=True, help_text=_("So that two people count the same.")
    )
    role = forms.ChoiceField(
        label=_("Sort"), choices=Role.choices, initial=Role.OUTCOME, widget=forms.RadioSelect
    )
    kind = forms.ChoiceField(label=_("Kind of number"), choices=Kind.choices)
    unit = forms.CharField(label=_("Unit"), max_length=60)
    better = forms.ChoiceField(label=_("Direction"), choices=Direction.choices)
    level = forms.ChoiceField(label=_("Measured of a"), choices=Level.choices)
    numerator = area(_("What is counted"), required=True, rows=2)
    denominator = area(_("Of how many"), rows=2)
    lowest = forms.FloatField(label=_("Lowest possible"), required=False, localize=True)
    highest = forms.FloatField(label=_("Highest possible"), required=False, localize=True)
    breakdowns = forms.MultipleChoiceField(
        label=_("Can be broken down by"), required=False, widget=forms.CheckboxSelectMultiple
    )
    place = forms.CharField(label=_("Where it is from"), required=False, max_length=200)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)

    def __init__(self, data: Any, *, now: Definition | None = None, seen: int = 0) -> None:
        initial: dict[str, Any] = {"seen": seen}
        if now is not None:
            names = (*_PLAIN, "role", "lowest", "highest", "place")
            initial |= {name: getattr(now, name) for name in names}
            initial["breakdowns"] = list(now.breakdowns)
        super().__init__(data, initial=initial)
        self.fields["breakdowns"].choices = breakdown_choices()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") == Kind.SHARE and data.get("lowest") is data.get("highest") is None:
            data["lowest"], data["highest"] = 0.0, 1.0
        return data

    def facts(self) -> IndicatorFacts:
        given = self.cleaned_data
        names = (*_PLAIN, "role", "lowest", "highest", "place")
        plain = {name: given[name] for name in names}
        return IndicatorFacts(**plain, breakdowns=tuple(given["breakdowns"]))


class TargetForm(RefusableForm):
    base = forms.FloatField(
        label=_("Base"), localize=True, help_text=_("The value that the target is counted from.")
    )
    base_on = day(_("Base of"))
    percent = forms.FloatField(
        label=_("How many percent better"),
        localize=True,
        min_value=0,
        help_text=_("In the direction that is better: 15 is 15 percent less where less is better."),
    )
    due_on = day(_("To be reached on"))
    reason = area(_("Why this target"), required=True)

    def __init__(self, data: Any, *, now: TargetNow | None) -> None:
        names = ("base", "base_on", "percent", "due_on")
        initial = {name: getattr(now, name) for name in names} if now is not None else {}
        super().__init__(data, initial=initial)

    def facts(self, version: int) -> TargetFacts:
        return TargetFacts(version=version, **self.cleaned_data)


class ReadingForm(RefusableForm):
    day = day(_("Of which day"), initial=timezone.localdate)
    value = forms.FloatField(label=_("Value"), localize=True)
    found_in = forms.CharField(
        label=_("Found in"),
        max_length=200,
        help_text=_("The report, table or system, so that somebody else can find it."),
    )
