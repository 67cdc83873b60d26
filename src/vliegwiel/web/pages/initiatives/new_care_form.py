"""Fields for care that the care system does not have yet: what a model has to know of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.apps.initiatives import Estimate, NewCare
from vliegwiel.apps.initiatives.queries import LONGEST_NAME, CareGroup, NewNumber

from .hypothesis_words import NEW_NUMBERS, TYPED, typed_numbers
from .saving import InitiativeForm

_ENDS = {
    "low": gettext_lazy("Lowest"),
    "likely": gettext_lazy("Likely"),
    "high": gettext_lazy("Highest"),
}
_RANGE = tuple(_ENDS)
_NEEDED = (NewNumber.DAYS, NewNumber.COST_PER_DAY)
#: No care lasts no time.
_LEAST = {NewNumber.DAYS: 0.1}
_MOST = {NewNumber.DAYS: 1000, NewNumber.GOES_ON: 100}
_LARGEST = 100_000
_HINTS = {
    NewNumber.PLACES: gettext_lazy("How many youths at once. Leave empty when there is no limit."),
    NewNumber.GOES_ON: gettext_lazy("Leave empty when nobody goes on to other care afterwards."),
}


class NewCareForm(InitiativeForm):
    """The part of a hypothesis that describes new care; empty where it is about care that is there.

    A form with this part has `place_new_care` called with where youths may go afterwards.
    """

    new_name = forms.CharField(
        label=gettext_lazy("Name of the new care"), max_length=LONGEST_NAME, required=False
    )
    new_group = forms.ChoiceField(
        label=gettext_lazy("What sort of care"),
        required=False,
        choices=[("", gettext_lazy("Choose a sort")), *CareGroup.choices],
    )
    goes_on_to = forms.ChoiceField(label=gettext_lazy("Goes on to"), required=False)

    def place_new_care(self, places: Sequence[tuple[str, str]]) -> None:
        self.fields["goes_on_to"].choices = [("", _("Nowhere"))] + [  # type: ignore[attr-defined]
            (key, label) for key, label in places if key
        ]
        for kind in NewNumber:
            for end, label in _ENDS.items():
                self.fields[f"{kind}_{end}"] = forms.FloatField(
                    label=f"{NEW_NUMBERS[kind]}: {str(label).lower()}",
                    required=False,
                    localize=True,
                    min_value=_LEAST.get(kind, 0),
                    max_value=_MOST.get(kind, _LARGEST),
                )

    def new_names(self) -> set[str]:
        return {"new_name", "new_group", "goes_on_to"} | {
            f"{kind}_{end}" for kind in NewNumber for end in _RANGE
        }

    def new_care_opens(self) -> bool:
        """Whether something of it was filled in, or has to be changed."""
        return any(self[name].value() or self[name].errors for name in self.new_names())

    def new_care_ranges(self) -> Sequence[tuple[str, str, Sequence[tuple[BoundField, str]]]]:
        """The numbers with their label, what to know before typing them, and their fields."""
        return [
            (
                str(NEW_NUMBERS[kind]),
                str(_HINTS.get(kind, "")),
                [(self[f"{kind}_{end}"], str(label)) for end, label in _ENDS.items()],
            )
            for kind in NewNumber
        ]

    def check_new_care(self, data: Mapping[str, Any], *, is_reached: bool) -> None:
        """Says what lacks; `is_reached` is whether a change moves youths to it."""
        if not any(data.get(name) for name in self.new_names()):
            if is_reached:
                self.add_error("new_name", _("Describe the new care that youths go to."))
            return
        if not data.get("new_name"):
            self.add_error("new_name", _("Give the new care a name."))
        elif not is_reached:
            words = _("Say with a change which youths go to it: choose it at “To where instead”.")
            self.add_error("new_name", words)
        if not data.get("new_group"):
            self.add_error("new_group", _("Choose what sort of care it is."))
        for kind in NewNumber:
            self.check_range([f"{kind}_{end}" for end in _RANGE], data, needed=kind in _NEEDED)
        if bool(data.get("goes_on_to")) != (data.get(f"{NewNumber.GOES_ON}_likely") is not None):
            self.add_error("goes_on_to", _("Say where these youths go, and which part of them."))

    def check_range(self, names: Sequence[str], data: Mapping[str, Any], *, needed: bool) -> None:
        """Says what lacks in fields for the lowest, the likely and the highest number."""
        numbers = [data[name] for name in names if data.get(name) is not None]
        if any(name in self.errors for name in names) or not (numbers or needed):
            return
        _low, likely, _high = names
        if len(numbers) < len(names):
            self.add_error(likely, _("Fill in all three numbers."))
        elif sorted(numbers) != numbers:
            words = _("The likely number must lie between the lowest and the highest.")
            self.add_error(likely, words)

    def new_care(self) -> NewCare | None:
        given = self.cleaned_data
        if not given["new_name"]:
            return None
        numbers = tuple(
            Estimate(kind.value, *(round(given[f"{kind}_{end}"] * TYPED.get(kind, 1), 10)
                                   for end in _RANGE))
            for kind in NewNumber
            if given[f"{kind}_likely"] is not None
        )  # fmt: skip
        return NewCare(given["new_name"], given["new_group"], numbers, given["goes_on_to"])


def initial_of(care: NewCare | None) -> dict[str, Any]:
    """What was filled in, as somebody types it."""
    if care is None:
        return {}
    found: dict[str, Any] = {
        "new_name": care.name,
        "new_group": care.group,
        "goes_on_to": care.goes_on_to,
    }
    for one in care.numbers:
        values = zip(_RANGE, typed_numbers(one), strict=True)
        found |= {f"{one.kind}_{end}": value for end, value in values}
    return found
