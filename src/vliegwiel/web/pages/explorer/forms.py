"""The form that changes a scenario, and the settings of a run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.explorer import descriptions, edits, sentences
from vliegwiel.apps.explorer.statuses import DEFAULTS, LIMITS
from vliegwiel.science.caresystem import Assumed, CareSystem, Fault, Quantity, Scenario, Text
from vliegwiel.web import notation

from .sizes import Scale, scale_of

_MONTHS_TO_CHOOSE = 72
_LONGEST_RAMP = 60
_PARTS = {"value": _("Likeliest"), "low": _("At least"), "high": _("At most")}
# The order of the page, so that the list of faults above the form goes from top to bottom.
_ON_SCREEN = ("low", "value", "high")
_WHERE_AND_WHEN = (
    "municipalities",
    "first_from",
    "first_ramp",
    "everywhere_from",
    "everywhere_ramp",
)


@dataclass(frozen=True, slots=True)
class SizeFields:
    """The three fields of one change, with what it is about."""

    title: str
    why: str
    unit: str
    meaning: str
    value: BoundField
    low: BoundField
    high: BoundField


def _whole(name: str, label: Any, help_text: Any = "") -> forms.IntegerField:
    low, high = LIMITS[name]
    outside = format_lazy(_("Choose a whole number from {low} to {high}."), low=low, high=high)
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=low,
        max_value=high,
        localize=True,
        error_messages={"min_value": outside, "max_value": outside, "invalid": outside},
    )


class RunForm(forms.Form):
    """How far ahead and how precise."""

    months = _whole("months", _("Months ahead"), _("How far the forecast looks: 12 to 120 months."))
    replications = _whole(
        "replications",
        _("Repetitions"),
        _("More repetitions give sharper numbers and take longer: 20 to 1000."),
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        help_text=_("The same seed gives the same numbers. Leave it as it is unless you know why."),
        min_value=LIMITS["seed"][0],
        max_value=LIMITS["seed"][1],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {**DEFAULTS, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)


class ScenarioForm(RunForm):
    """A scenario in the words of the people who make it; saved as a version of their own."""

    title = forms.CharField(
        label=_("Name of your scenario"),
        max_length=120,
        help_text=_("Under this name your version is kept. The original stays as it is."),
    )
    municipalities = forms.MultipleChoiceField(
        label=_("First in these municipalities"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none to start everywhere at once."),
    )
    first_from = forms.ChoiceField(label=_("Start there"), required=False)
    first_ramp = forms.IntegerField(
        label=_("Months until it works fully there"), min_value=0, max_value=_LONGEST_RAMP
    )
    everywhere_from = forms.ChoiceField(label=_("Start in all municipalities"), required=False)
    everywhere_ramp = forms.IntegerField(
        label=_("Months until it works fully everywhere"), min_value=0, max_value=_LONGEST_RAMP
    )

    def __init__(self, *args: Any, original: Scenario, system: CareSystem, **kwargs: Any) -> None:
        self.original, self.system = original, system
        self.scales = tuple(scale_of(item) for item in original.interventions)
        kwargs["initial"] = {**self._values_now(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        months = _months(system.start)
        first, everywhere = self.fields["first_from"], self.fields["everywhere_from"]
        first.choices = [("", _("Nowhere first")), *months]  # type: ignore[attr-defined]
        everywhere.choices = [("", _("Not everywhere")), *months]  # type: ignore[attr-defined]
        self.fields["municipalities"].choices = [  # type: ignore[attr-defined]
            (item.code, item.name)
            for item in sorted(system.municipalities, key=lambda item: item.name)
        ]
        for index, item in enumerate(original.interventions):
            about = descriptions.intervention(item, system)
            for part, label in _PARTS.items():
                # The whole label is for the list of faults above the form; the field itself stands
                # below the name of what it changes.
                self.fields[f"{part}_{index}"] = forms.FloatField(
                    label=f"{about}, {str(label).lower()}",
                    localize=True,
                    widget=forms.TextInput(attrs={"inputmode": "decimal"}),
                )
        sizes = [f"{part}_{k}" for k in range(len(self.scales)) for part in _ON_SCREEN]
        self.order_fields(["title", *sizes, *_WHERE_AND_WHEN])

    def _values_now(self) -> dict[str, Any]:
        now = edits.change_of(self.original)
        values: dict[str, Any] = {
            "title": descriptions.in_language(now.title),
            "municipalities": list(now.rollout.municipalities),
            "first_from": _key(now.rollout.first_from),
            "first_ramp": now.rollout.first_ramp,
            "everywhere_from": _key(now.rollout.everywhere_from),
            "everywhere_ramp": now.rollout.everywhere_ramp,
        }
        for index, (scale, size) in enumerate(zip(self.scales, now.sizes, strict=True)):
            shown = scale.show_size(size)
            values |= {f"{part}_{index}": getattr(shown, part) for part in _PARTS}
        return values

    def size_fields(self) -> Sequence[SizeFields]:
        """The fields of each change, in the order of the scenario."""
        return [
            SizeFields(
                title=descriptions.intervention(item, self.system),
                why=_why(item.size),
                unit=str(scale.unit),
                meaning=str(scale.meaning),
                value=self[f"value_{index}"],
                low=self[f"low_{index}"],
                high=self[f"high_{index}"],
            )
            for index, (item, scale) in enumerate(
                zip(self.original.interventions, self.scales, strict=True)
            )
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for index in range(len(self.scales)):
            self._check_order(index, data)
        if data.get("municipalities") and not data.get("first_from"):
            self.add_error("first_from", gettext("Choose the month in which it starts there."))
        if data.get("first_from") and not data.get("municipalities"):
            self.add_error(
                "municipalities", gettext("Choose at least one municipality, or no start there.")
            )
        if not data.get("first_from") and not data.get("everywhere_from"):
            self.add_error("everywhere_from", gettext("The scenario must start somewhere."))
        first, everywhere = data.get("first_from"), data.get("everywhere_from")
        if first and everywhere and everywhere < first:
            self.add_error(
                "everywhere_from",
                gettext("This may not be before the start in the first municipalities."),
            )
        return data

    def _check_order(self, index: int, data: dict[str, Any]) -> None:
        value, low, high = (data.get(f"{part}_{index}") for part in _PARTS)
        if value is None or low is None or high is None:
            return
        if low > high:
            self.add_error(f"low_{index}", gettext("“At least” is more than “at most”."))
        elif not low <= value <= high:
            self.add_error(
                f"value_{index}",
                gettext("The likeliest value must lie between “at least” and “at most”."),
            )

    def change(self) -> edits.Change:
        """What was asked for; only after `is_valid()`."""
        data = self.cleaned_data
        sizes = tuple(
            edits.Size(*(self._number(data, part, index, scale) for part in _PARTS))
            for index, scale in enumerate(self.scales)
        )
        rollout = edits.Rollout(
            municipalities=tuple(data["municipalities"]),
            first_from=_date(data["first_from"]),
            first_ramp=data["first_ramp"],
            everywhere_from=_date(data["everywhere_from"]),
            everywhere_ramp=data["everywhere_ramp"],
        )
        return edits.Change(self._title(data["title"]), sizes, rollout)

    def _number(self, data: dict[str, Any], part: str, index: int, scale: Scale) -> float:
        return scale.read(data[f"{part}_{index}"])

    def _title(self, typed: str) -> Text:
        """A person types one title; the other language keeps its own while nothing changes."""
        if typed == self.initial["title"]:
            return self.original.title
        return Text(nl=typed, en=typed)

    def add_faults(self, faults: Sequence[Fault]) -> None:
        """Puts what the care system objects to beside the field it is about."""
        for fault in faults:
            self.add_error(_field_of(fault.path, self.original), sentences.fault(fault))


def _why(size: Quantity) -> str:
    origin = size.provenance
    return descriptions.in_language(origin.why) if isinstance(origin, Assumed) else ""


def _field_of(path: str, scenario: Scenario) -> str | None:
    for index in range(len(scenario.interventions)):
        start = f"interventions[{index}]"
        if path.startswith(f"{start}.size"):
            return f"value_{index}"
        if path.startswith(f"{start}.stages"):
            return "municipalities" if "municipalities" in path else "first_from"
    return None


def _months(start: date) -> list[tuple[str, Any]]:
    months = [edits.month_after(start, n) for n in range(_MONTHS_TO_CHOOSE)]
    return [(month.isoformat(), format_lazy("{}", notation.month(month))) for month in months]


def _key(month: date | None) -> str:
    return month.isoformat() if month else ""


def _date(key: str) -> date | None:
    return date.fromisoformat(key) if key else None
