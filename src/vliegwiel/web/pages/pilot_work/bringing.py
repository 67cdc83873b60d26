"""Measurements as somebody types them: a value for each group and month, or rows of units."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from vliegwiel.apps.pilots import MeasurementsRefused, queries
from vliegwiel.apps.pilots.queries import GroupMeasured, Outcome
from vliegwiel.apps.pilots.services import Typed
from vliegwiel.science.kernel import Fault
from vliegwiel.web import notation

#: Months that stand beside each other, rows to type in, and groups that a grid holds.
MONTHS, ROWS, MOST_IN_GRID = 6, 10, 40
_CORRECT = gettext_lazy("These values replace what was measured before")
_CORRECT_HELP = gettext_lazy(
    "Only for corrections. The old value stays readable, with who replaced it and when."
)


def correct_field() -> forms.BooleanField:
    return forms.BooleanField(label=_CORRECT, help_text=_CORRECT_HELP, required=False)


class TableForm(forms.Form):
    """A table from a file, or pasted from a spreadsheet."""

    table = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or Excel (.xlsx), at most 100 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        required=False,
        allow_empty_file=True,
    )
    pasted = forms.CharField(
        label=gettext_lazy("Or paste rows from a spreadsheet"),
        help_text=gettext_lazy("With the headings as the first row."),
        widget=forms.Textarea(attrs={"rows": 8, "class": "vw-code"}),
        required=False,
        max_length=2_000_000,
    )
    correct = correct_field()

    def __init__(self, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._too_large = too_large

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        both = [given.get("table") is not None, bool(given.get("pasted", "").strip())]
        if self._too_large:
            self.add_error("table", _("The file is larger than 100 MB."))
        elif sum(both) != 1:
            self.add_error(None, _("Choose a file, or paste rows: one of the two."))
        return given


class ValuesForm(forms.Form):
    """What typed values share: their faults come back beside their fields."""

    def typed(self) -> Sequence[tuple[str, Typed]]:
        """Rows to keep, each with the field where it was typed. The form must be valid."""
        raise NotImplementedError

    def refuse(self, refused: MeasurementsRefused, rows: Sequence[tuple[str, Typed]]) -> None:
        for fault in refused.faults:
            self.add_error(self._field(fault, rows), str(fault.message).capitalize())

    def _field(self, fault: Fault, rows: Sequence[tuple[str, Typed]]) -> str | None:
        _word, _space, line = fault.path.partition("line ")
        if not line.isdigit() or not 0 <= int(line) - 2 < len(rows):
            return None
        name = rows[int(line) - 2][0]
        beside = f"{queries.column_of(fault)}_{name}"
        return beside if beside in self.fields else (name if name in self.fields else None)


@dataclass(frozen=True, slots=True)
class GridRow:
    group: GroupMeasured
    cells: Sequence[Any]
    seen: Sequence[Any]


class GridForm(ValuesForm):
    """A value for each group and month. Only what differs from what stood there is sent on."""

    correct = correct_field()

    def __init__(
        self,
        data: Any,
        *,
        groups: Sequence[GroupMeasured],
        months: Sequence[date],
        now: Mapping[tuple[str, date], tuple[str, float]],
    ) -> None:
        super().__init__(data)
        self.groups, self.months, self.now = groups, months, now
        for row, group in enumerate(groups):
            for column, month in enumerate(months):
                unit = now.get((group.key, month))
                text = _written(unit[1]) if unit is not None else ""
                label = f"{group.name}, {notation.month(month)}"
                field = forms.CharField(
                    label=label, required=False, max_length=30, initial=text,
                    widget=forms.TextInput(attrs={"inputmode": "decimal", "aria-label": label}),
                )  # fmt: skip
                self.fields[f"cell_{row}_{column}"] = field
                self.fields[f"seen_{row}_{column}"] = forms.CharField(
                    required=False, initial=text, widget=forms.HiddenInput
                )

    @property
    def rows(self) -> Iterator[GridRow]:
        for row, group in enumerate(self.groups):
            names = [f"{row}_{column}" for column in range(len(self.months))]
            yield GridRow(
                group,
                [self[f"cell_{name}"] for name in names],
                [self[f"seen_{name}"] for name in names],
            )

    def clean(self) -> dict[str, Any]:
        """A value that somebody else changed meanwhile is not replaced unseen."""
        given = self.cleaned_data
        for name, (group, month) in self._places():
            unit = self.now.get((group.key, month))
            stands = _written(unit[1]) if unit is not None else ""
            typed, seen = given.get(f"cell_{name}", ""), given.get(f"seen_{name}", "")
            if seen not in {typed, stands}:
                words = _("Somebody else typed a value here meanwhile: %(value)s.")
                self.add_error(f"cell_{name}", words % {"value": stands})
            elif not typed and seen:
                self.add_error(f"cell_{name}", _("A value can be corrected, not removed."))
        return given

    def typed(self) -> Sequence[tuple[str, Typed]]:
        found = []
        for name, (group, month) in self._places():
            text = self.cleaned_data[f"cell_{name}"]
            if text and text != self.cleaned_data[f"seen_{name}"]:
                stands = self.now.get((group.key, month))
                unit = stands[0] if stands is not None else group.key
                row = Typed(group=group.key, unit=unit, day=month.isoformat(), value=text)
                found.append((f"cell_{name}", row))
        return found

    def _places(self) -> Iterator[tuple[str, tuple[GroupMeasured, date]]]:
        for row, group in enumerate(self.groups):
            for column, month in enumerate(self.months):
                yield f"{row}_{column}", (group, month)


class RowsForm(ValuesForm):
    """Some rows of units; a row of which nothing is filled in is none."""

    correct = correct_field()

    def __init__(self, data: Any, *, outcome: Outcome, groups: Sequence[GroupMeasured]) -> None:
        super().__init__(data)
        self.parts = ["group", "unit", "day", "value", *(["ended"] if outcome.with_end else [])]
        choices = [("", "–"), *((group.key, group.name) for group in groups)]
        yes_no = [("", "–"), ("1", _("Yes")), ("0", _("No"))]
        dates = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        for row in range(ROWS):
            made: dict[str, forms.Field] = {
                "group": forms.ChoiceField(label=_("Group"), choices=choices, required=False),
                "unit": forms.CharField(
                    label=_("Number of its own"), max_length=60, required=False
                ),
                "day": forms.CharField(label=_("Day"), required=False, widget=dates),
                "value": forms.CharField(label=_("Value"), max_length=30, required=False),
                "ended": forms.ChoiceField(label=_("End seen"), choices=yes_no, required=False),
            }
            for part in self.parts:
                self.fields[f"{part}_{row}"] = made[part]

    @property
    def headings(self) -> list[str]:
        return [str(self.fields[f"{part}_0"].label) for part in self.parts]

    @property
    def rows(self) -> list[list[Any]]:
        return [[self[f"{part}_{row}"] for part in self.parts] for row in range(ROWS)]

    def typed(self) -> Sequence[tuple[str, Typed]]:
        found = []
        for row in range(ROWS):
            given = {part: self.cleaned_data[f"{part}_{row}"] for part in self.parts}
            if any(given.values()):
                found.append((str(row), Typed(**given)))
        return found


def months_until(last: date) -> Sequence[date]:
    """The first days of the months that a grid shows, the oldest first."""
    number = last.year * 12 + last.month - 1
    numbers = range(number - MONTHS + 1, number + 1)
    return [date(one // 12, one % 12 + 1, 1) for one in numbers]


def _written(value: float) -> str:
    """A value as somebody types it: every digit, and a comma in Dutch."""
    text = str(int(value)) if value.is_integer() else repr(value)
    return text.replace(".", ",") if (get_language() or "nl").startswith("nl") else text
