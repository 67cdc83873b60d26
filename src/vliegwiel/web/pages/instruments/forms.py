"""Forms of instruments and rounds, and the form that an instrument makes of itself."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.apps.instruments import Draft, DraftQuestion, queries
from vliegwiel.apps.instruments.services import NewParty
from vliegwiel.apps.regions.queries import municipalities_of
from vliegwiel.science.questionnaires import AnswerKind, Instrument, Of, Question

from .words import text_of

_MORE_ROWS = 5


def _choices(words: Mapping[Any, str | Promise]) -> list[tuple[str, str | Promise]]:
    return [(key.value, label) for key, label in words.items()]


class InstrumentForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    intro = forms.CharField(
        label=gettext_lazy("What it is for"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Who answers reads this first."),
    )
    use = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=_choices(queries.USES), widget=forms.RadioSelect
    )
    of = forms.ChoiceField(
        label=gettext_lazy("For whom people answer"),
        choices=_choices(queries.OF),
        widget=forms.RadioSelect,
    )
    lowest = forms.CharField(
        label=gettext_lazy("What a 1 means"),
        required=False,
        max_length=160,
        help_text=gettext_lazy("Needed for questions on a scale."),
    )
    highest = forms.CharField(label=gettext_lazy("What a 5 means"), required=False, max_length=160)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class QuestionForm(forms.Form):
    key = forms.CharField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("Question"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Answered with"), required=False, choices=_choices(queries.KINDS)
    )
    aspect = forms.CharField(
        label=gettext_lazy("Aspect"),
        required=False,
        max_length=160,
        help_text=gettext_lazy("Questions with the same aspect are counted together."),
    )
    choices = forms.CharField(
        label=gettext_lazy("Answers to choose from"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Only for a choice. Each answer on a line of its own."),
    )
    required = forms.BooleanField(
        label=gettext_lazy("Everybody must answer this"), required=False, initial=True
    )

    def drafted(self) -> DraftQuestion:
        given = self.cleaned_data
        lines = [line.strip() for line in given["choices"].splitlines()]
        return DraftQuestion(
            text=given["text"].strip(),
            kind=given["kind"],
            aspect=given["aspect"].strip(),
            choices=tuple(line for line in lines if line),
            required=given["required"],
            key=given["key"],
        )


class InstrumentForms:
    """The instrument with a row for each question; a row without words is left out."""

    def __init__(self, data: QueryDict | None, detail: queries.InstrumentDetail | None) -> None:
        draft = detail.draft if detail else None
        initial = {name: getattr(draft, name) for name in _OF_DRAFT} if draft else {}
        if detail:
            initial["seen"] = detail.line.version
        rows = [_row(question) for question in draft.questions] if draft else []
        self.about = InstrumentForm(data, initial=initial)
        self.rows = self._rows(data, rows)

    def _rows(
        self, data: QueryDict | None, initial: Sequence[Mapping[str, Any]]
    ) -> list[QuestionForm]:
        if data is None:
            empty: list[Mapping[str, Any]] = [{}] * (_MORE_ROWS if not initial else 2)
            return [
                QuestionForm(prefix=f"q{place}", initial=dict(row) or None)
                for place, row in enumerate([*initial, *empty])
            ]
        sent = len([name for name in data if name.startswith("q") and name.endswith("-text")])
        more = _MORE_ROWS if "more" in data else 0
        forms_: list[QuestionForm] = [
            QuestionForm(data, prefix=f"q{place}") for place in range(min(sent, 200))
        ]
        return forms_ + [QuestionForm(prefix=f"q{sent + place}") for place in range(more)]

    def is_valid(self) -> bool:
        """Whether every part can be read; what it means is for the service to judge."""
        judged = [form.is_valid() for form in (self.about, *self._filled())]
        return all(judged)

    def _filled(self) -> list[QuestionForm]:
        return [row for row in self.rows if row.is_bound and row["text"].value()]

    def seen(self) -> int | None:
        seen: int | None = self.about.cleaned_data["seen"]
        return seen

    def draft(self) -> Draft:
        given = {name: self.about.cleaned_data[name] for name in _OF_DRAFT}
        return Draft(**given, questions=tuple(row.drafted() for row in self._filled()))

    def refuse(self, problems: Mapping[str, str]) -> None:
        """Puts each sentence with its field."""
        for name, sentence in problems.items():
            place = name.removeprefix("questions-")
            if place != name:
                self._filled()[int(place)].add_error("text", sentence)
            else:
                self.about.add_error(name if name in self.about.fields else None, sentence)


_OF_DRAFT = ("title", "intro", "use", "of", "lowest", "highest")


def _row(question: DraftQuestion) -> Mapping[str, Any]:
    return {
        "key": question.key,
        "text": question.text,
        "kind": question.kind,
        "aspect": question.aspect,
        "choices": "\n".join(question.choices),
        "required": question.required,
    }


class RoundForm(forms.Form):
    """A round; its parties are municipalities of the region, or names on lines of their own."""

    title = forms.CharField(
        label=gettext_lazy("Name of the round"),
        max_length=160,
        help_text=gettext_lazy("For example: spring 2027."),
    )

    def __init__(self, *args: Any, of: str, region: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._places = {place.code: place.name for place in municipalities_of(region)}
        if of == Of.MUNICIPALITY:
            self.fields["parties"] = forms.MultipleChoiceField(
                label=_("Municipalities"),
                choices=list(self._places.items()),
                initial=list(self._places),
                widget=forms.CheckboxSelectMultiple,
            )
        else:
            self.fields["parties"] = forms.CharField(
                label=str(queries.OF[Of(of)]),
                widget=forms.Textarea(attrs={"rows": 5}),
                help_text=_("Each on a line of its own. Each gets its own link to answer."),
            )
        self.fields["again_on"] = forms.DateField(
            label=_("Look again on"),
            required=False,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            help_text=_("On that day it comes back in the list of what must be looked at."),
        )

    def parties(self) -> list[NewParty]:
        given = self.cleaned_data["parties"]
        if isinstance(given, str):
            return [NewParty(line.strip()) for line in given.splitlines() if line.strip()]
        return [NewParty(self._places[code], code) for code in given]


class AgainForm(forms.Form):
    again_on = forms.DateField(
        label=gettext_lazy("Look again on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class AnswerForm(forms.Form):
    """The questions of an instrument. What must be answered is asked when it is handed in."""

    def __init__(self, instrument: Instrument, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in instrument.questions:
            self.fields[question.key] = _field(instrument, question)

    def given(self) -> dict[str, str]:
        return {name: str(value or "") for name, value in self.cleaned_data.items()}


def _field(instrument: Instrument, question: Question) -> forms.Field:
    label = text_of(question.text)
    if question.kind is AnswerKind.TEXT:
        return forms.CharField(
            label=label,
            required=False,
            max_length=2_000,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=_("No names of youths or parents."),
        )
    if question.kind is AnswerKind.NUMBER:
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        return forms.CharField(label=label, required=False, max_length=30, widget=widget)
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=answer_choices(instrument, question),
        widget=forms.RadioSelect,
    )


def answer_choices(instrument: Instrument, question: Question) -> list[tuple[str, str]]:
    """What can be chosen, with its words."""
    if question.kind is AnswerKind.YES_NO:
        return [(key, str(label)) for key, label in queries.YES_NO.items()]
    if question.kind is AnswerKind.CHOICE:
        return [(choice.key, text_of(choice.label)) for choice in question.choices]
    scale = instrument.scale
    assert scale is not None, "a document with such a question has a scale"
    points = [(str(point), str(point)) for point in range(scale.low, scale.high + 1)]
    first, last = text_of(scale.lowest), text_of(scale.highest)
    points[0] = (points[0][0], f"{points[0][0]}: {first}")
    points[-1] = (points[-1][0], f"{points[-1][0]}: {last}")
    return points
