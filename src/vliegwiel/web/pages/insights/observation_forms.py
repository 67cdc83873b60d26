"""What somebody types about what was heard, and what he makes of it."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.insights import queries
from vliegwiel.apps.insights.services import Heard


def numbers(given: Iterable[str]) -> list[int]:
    """The ids among what a browser sent; what cannot be one counts as nothing."""
    return [int(number) for number in given if number.isdecimal() and len(number) < 16]


def _roles() -> list[tuple[str, Any]]:
    return [("", _("Not told")), *queries.source_roles()]


class _OwnKey(forms.Form):
    """A form that knows itself again, so that sending it twice does one thing."""

    entry_key = forms.CharField(
        max_length=64, required=False, widget=forms.HiddenInput, initial=lambda: uuid.uuid4().hex
    )

    def refuse(self, problems: dict[str, str]) -> None:
        """Shows what the service objected to beside the fields."""
        for field, sentence in problems.items():
            self.add_error(field if field in self.fields else None, sentence)


class _About(_OwnKey):
    """Kind, role and day: they stay as they are from one observation to the next."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=queries.observation_kinds, initial="interview"
    )
    role = forms.ChoiceField(label=_("Who said it"), choices=_roles, required=False)
    heard_on = forms.DateField(
        label=_("On which day"),
        initial=timezone.localdate,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    nobody_in_it = forms.BooleanField(
        label=_("Nobody can be found in this text; keep it as it is"), required=False
    )


class ObservationForm(_About):
    text = forms.CharField(
        label=_("What was heard or read"),
        max_length=queries.LONGEST_OBSERVATION,
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True}),
        help_text=_("In your own words, without names, birth dates or telephone numbers."),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    field_order = ("text", "nobody_in_it", "kind", "role", "heard_on", "entry_key", "seen")

    def heard(self) -> Heard:
        names = ("text", "kind", "heard_on", "role")
        return Heard(**{name: self.cleaned_data[name] for name in names})

    def asks_about_persons(self) -> bool:
        """Whether the text was stopped, or had been confirmed before."""
        return self.is_bound and bool(self.errors.get("text") or self["nobody_in_it"].value())


class ManyForm(_About):
    lines = forms.CharField(
        label=_("Observations, each on a line of its own"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    file = forms.FileField(
        label=_("Or a table"),
        help_text=_("A CSV or Excel file (.xlsx) of at most 5 MB."),
        required=False,
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
    )
    field_order = ("lines", "kind", "role", "heard_on", "file", "nobody_in_it", "entry_key")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool((cleaned.get("lines") or "").strip()) == bool(cleaned.get("file")):
            self.add_error("lines", _("Paste lines, or choose a file: one of both."))
        return cleaned


class RegisterForm(forms.Form):
    """Which observations somebody wants to see; it stands in the address."""

    words = forms.CharField(label=_("Words"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=lambda: [("", _("All kinds")), *queries.observation_kinds()],
    )
    role = forms.ChoiceField(
        label=_("Who said it"),
        required=False,
        choices=lambda: [("", _("Everybody")), *queries.source_roles()],
    )
    loose = forms.BooleanField(label=_("Only those without an insight"), required=False)

    def wanted(self) -> queries.Wanted:
        """What was chosen; a choice that does not exist counts as none."""
        given = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        return queries.Wanted(**{name: value for name, value in given.items() if value})


class SupportedForm(forms.Form):
    """Which insights rest on an observation."""

    insights = forms.TypedMultipleChoiceField(
        label=_("Insights that rest on it"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    rested = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, insights: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(item.id, item.name) for item in insights]
        self.fields["insights"].choices = choices  # type: ignore[attr-defined]

    def seen(self) -> list[int]:
        """The insights that rested on it when the page was made."""
        return numbers(self.cleaned_data["rested"].split(","))


class _InsightText(_OwnKey):
    title = forms.CharField(
        label=_("What you have come to understand, in one sentence"),
        max_length=queries.LONGEST_TITLE,
    )
    summary = forms.CharField(
        label=_("Explanation"),
        max_length=queries.LONGEST_OBSERVATION,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class InsightTextForm(_InsightText):
    """What an insight says, with the version that somebody has before him."""

    chances = forms.CharField(
        label=_("Chances"),
        required=False,
        max_length=queries.LONGEST_OBSERVATION * 2,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "What could be done about it, one a line. After a colon and a space you explain it."
        ),
    )
    stands_in = forms.CharField(
        label=_("Sources"),
        required=False,
        max_length=queries.LONGEST_OBSERVATION,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Where somebody can read it: a report, minutes, a figure. One a line."),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def told(self) -> dict[str, Any]:
        """What the service asks for."""
        given = {name: self.cleaned_data[name] for name in ("title", "summary", "stands_in")}
        lines = filter(str.strip, self.cleaned_data["chances"].splitlines())
        # A colon without a space belongs to a time or an address.
        parts = (line.strip().partition(": ") for line in lines)
        return {**given, "chances": [(title, why) for title, _colon, why in parts]}


class InsightForm(_InsightText):
    observations = forms.TypedMultipleChoiceField(
        label=_("It rests on"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, offered: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(row.id, row.text) for row in offered]
        self.fields["observations"].choices = choices  # type: ignore[attr-defined]


class ConsultationForm(_OwnKey):
    group = forms.CharField(
        label=_("Which group"),
        max_length=200,
        help_text=_("For example: client councils, core team. No names of persons."),
    )
    start = forms.DateField(
        label=_("From"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    end = forms.DateField(
        label=_("Until"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label=_("Why they were asked"), widget=forms.Textarea(attrs={"rows": 3})
    )
    result = forms.CharField(
        label=_("What came of it"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
