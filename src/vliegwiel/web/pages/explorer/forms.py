"""The form that changes a scenario, and the settings of a run."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.explorer import changes, descriptions, edits, sentences
from vliegwiel.apps.explorer.naming import LONGEST, Names
from vliegwiel.apps.explorer.sizes import Size
from vliegwiel.science.caresystem import (
    Assumed,
    CareSystem,
    Entry,
    Fault,
    Quantity,
    Scenario,
    Text,
    targets,
)
from vliegwiel.web import notation

from .amounts import amount
from .run_form import SETTINGS, RunForm
from .size_fields import NUMBERS, RANGE, WAYS, SizeFields

_MONTHS_TO_CHOOSE = 72
_LONGEST_RAMP = 60
_WHERE_AND_WHEN = (
    "municipalities",
    "first_from",
    "first_ramp",
    "first_share",
    "everywhere_from",
    "everywhere_ramp",
    "everywhere_share",
)
_SAME_YOUTHS = _("The same youths from first to last. 100 is every youth.")


@dataclass(frozen=True, slots=True)
class Row:
    """One change on the page: a line with its likeliest number, the rest folded away below it."""

    title: str
    sure: str
    unit: str | Promise
    why: str
    now: str
    later: str
    is_open: bool
    value: BoundField
    small: BoundField
    large: BoundField
    keep: BoundField
    way: BoundField | None
    small_way: BoundField | None
    large_way: BoundField | None


@dataclass(frozen=True, slots=True)
class Group:
    """The changes of one kind."""

    title: str
    rows: Sequence[Row]


class ScenarioForm(RunForm):
    """A scenario in the words of the people who make it; saved as a version of their own.

    `names` are those that are taken; when that of the original is one of them, another is
    suggested. With `runs_as_it_is` a form in which nothing else is changed asks for a run of the
    original, without a copy under the suggested name.
    """

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
    first_share = forms.FloatField(
        label=_("Part of the youths there (%)"),
        min_value=0,
        max_value=100,
        localize=True,
        help_text=_SAME_YOUTHS,
    )
    everywhere_from = forms.ChoiceField(label=_("Start in all municipalities"), required=False)
    everywhere_ramp = forms.IntegerField(
        label=_("Months until it works fully everywhere"), min_value=0, max_value=_LONGEST_RAMP
    )
    everywhere_share = forms.FloatField(
        label=_("Part of the youths in all municipalities (%)"),
        min_value=0,
        max_value=100,
        localize=True,
    )
    title = forms.CharField(label=_("Name of your scenario"), max_length=LONGEST)

    def __init__(
        self,
        *args: Any,
        original: Scenario,
        system: CareSystem,
        names: Names,
        runs_as_it_is: bool,
        **kwargs: Any,
    ) -> None:
        self.original, self.system, self.names = original, system, names
        self.runs_as_it_is = runs_as_it_is
        taken = names.has(original.title)
        self.suggested = names.suggested(original.title) if taken else original.title
        self.sizes = [
            SizeFields.of(index, item, system) for index, item in enumerate(original.interventions)
        ]
        kwargs["initial"] = {**self._values_now(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        for size in self.sizes:
            self.fields |= size.fields()
        self._offer_choices()
        # The order of the page, so that the list of faults above the form goes from top to bottom.
        places = [place for group in changes.groups(original) for place in group.places]
        on_page = [name for place in places for name in self.sizes[place].fields()]
        self.order_fields([*on_page, *_WHERE_AND_WHEN, *SETTINGS, "title"])

    def _offer_choices(self) -> None:
        months = _months(self.system.start)
        first, everywhere = self.fields["first_from"], self.fields["everywhere_from"]
        first.choices = [("", _("Nowhere first")), *months]  # type: ignore[attr-defined]
        everywhere.choices = [("", _("Not everywhere")), *months]  # type: ignore[attr-defined]
        self.offer_care_types(self.system)
        self.fields["municipalities"].choices = [  # type: ignore[attr-defined]
            (item.code, item.name)
            for item in sorted(self.system.municipalities, key=lambda item: item.name)
        ]

    def _values_now(self) -> dict[str, Any]:
        now = edits.rollout_of(self.original)
        values: dict[str, Any] = {
            "title": descriptions.in_language(self.suggested),
            "municipalities": list(now.municipalities),
            "first_from": _key(now.first_from),
            "first_ramp": now.first_ramp,
            "first_share": _percent(now.first_share),
            "everywhere_from": _key(now.everywhere_from),
            "everywhere_ramp": now.everywhere_ramp,
            "everywhere_share": _percent(now.everywhere_share),
        }
        for size in self.sizes:
            values |= size.initial()
        return values

    def groups(self) -> Sequence[Group]:
        """The changes with their fields, by kind."""
        now = targets(self.system)
        return [
            Group(
                group.label,
                [self._row(size, now[size.item.target]) for size in map(self._size, group.places)],
            )
            for group in changes.groups(self.original)
        ]

    def _size(self, place: int) -> SizeFields:
        return self.sizes[place]

    def _row(self, size: SizeFields, now: Entry) -> Row:
        value, small, large, keep = (self[name] for name in size.names(*NUMBERS, "keep"))
        way = small_way = large_way = None
        if size.scale.direction is not None:
            way, small_way, large_way = (self[name] for name in size.names(*WAYS))
        return Row(
            title=changes.subject(size.item, self.system),
            sure=changes.how_sure(size.item, self._typed_size(size)),
            unit=_of_them() if size.item.operation == "move" else size.scale.unit,
            why=_why(size.item.size),
            now=amount(now.quantity.value, now.unit),
            later=changes.later(size.item, self.original, self.system),
            is_open=self._calls_for_attention(
                shown=size.names("value"), folded=size.names(*RANGE, "keep")
            ),
            value=value,
            small=small,
            large=large,
            keep=keep,
            way=way,
            small_way=small_way,
            large_way=large_way,
        )

    def _typed_size(self, size: SizeFields) -> Size | None:
        """The size as it was typed, in a form that comes back; None while it is not a size."""
        shown = size.read(self.cleaned_data) if self.is_bound and self.errors else None
        return None if shown is None else size.document_size(shown)

    @property
    def opens_where_and_when(self) -> bool:
        return self._calls_for_attention(folded=_WHERE_AND_WHEN)

    @property
    def opens_settings(self) -> bool:
        return self._calls_for_attention(folded=SETTINGS)

    def _calls_for_attention(self, *, folded: Iterable[str], shown: Iterable[str] = ()) -> bool:
        """Whether what is folded away must be open: something is wrong, or was typed there."""
        if not self.is_bound:
            return False
        folded = {*folded}
        return any(name in self.errors for name in {*folded, *shown}) or any(
            name in folded for name in self.changed_data
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for size in self.sizes:
            for name, words in size.faults(data):
                self.add_error(name, words)
        self._check_rollout(data)
        self.check_precision(data, self.system, self.original)
        if not self.errors and not self._does_the_same() and self.names.has(self._title()):
            self.add_error("title", name_taken())
        return data

    def _check_rollout(self, data: dict[str, Any]) -> None:
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

    def change(self) -> edits.Change:
        """What was asked for; only after `is_valid()`."""
        title = self.original.title if self._does_the_same() else self._title()
        return edits.Change(title, self._sizes(), self._rollout())

    def moved_ranges(self) -> Sequence[str]:
        """The ranges that moved along with their number, in words; only after `is_valid()`."""
        found = (size.moved_words(self.cleaned_data) for size in self.sizes)
        return [words for words in found if words]

    def _does_the_same(self) -> bool:
        """Whether the original comes back as it is, under its name or the one we suggested."""
        now = edits.change_of(self.original)
        same = {descriptions.in_language(now.title)}
        if self.runs_as_it_is:
            same.add(self.initial["title"])
        return (
            self._typed_title() in same
            and self._sizes() == now.sizes
            and self._rollout() == now.rollout
        )

    def _sizes(self) -> tuple[Size, ...]:
        shown = ((size, size.read(self.cleaned_data)) for size in self.sizes)
        return tuple(size.document_size(typed) for size, typed in shown if typed is not None)

    def _rollout(self) -> edits.Rollout:
        data = self.cleaned_data
        return edits.Rollout(
            municipalities=tuple(data["municipalities"]),
            first_from=_date(data["first_from"]),
            first_ramp=data["first_ramp"],
            everywhere_from=_date(data["everywhere_from"]),
            everywhere_ramp=data["everywhere_ramp"],
            first_share=round(data["first_share"] / 100, 10),
            everywhere_share=round(data["everywhere_share"] / 100, 10),
        )

    def _typed_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def _title(self) -> Text:
        """A person types one title; the other language keeps its own while nothing changes."""
        typed = self._typed_title()
        if typed == self.initial["title"]:
            return self.suggested
        return Text(nl=typed, en=typed)

    def add_faults(self, faults: Sequence[Fault]) -> None:
        """Puts what the care system objects to beside the field it is about."""
        for fault in faults:
            self.add_error(_field_of(fault.path, self.original), sentences.fault(fault))


def _of_them() -> str:
    return "% " + gettext("of these youths")


def name_taken() -> str:
    """What to do when another scenario has the name."""
    return gettext("Another scenario of the region has this name. Choose another one.")


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


def _percent(share: float) -> float:
    percent = round(100 * share, 8)
    return int(percent) if percent == int(percent) else percent


def _key(month: date | None) -> str:
    return month.isoformat() if month else ""


def _date(key: str) -> date | None:
    return date.fromisoformat(key) if key else None
