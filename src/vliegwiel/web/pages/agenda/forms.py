"""Forms for the parts of a draft: texts in the language of the reader, lists as lines."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from vliegwiel import reference
from vliegwiel.apps.agenda import queries
from vliegwiel.apps.agenda.queries import Body, shown
from vliegwiel.reference import AgendaItem, AgendaPartner, BilingualText

#: How many years a planning can be chosen back and ahead.
_BACK, _AHEAD = 3, 8
_AREA = {"rows": 4}
_SHORT = {"rows": 2}


def _is_english() -> bool:
    return (get_language() or "nl").startswith("en")


def _text(label: Any, attrs: Mapping[str, Any] = _AREA, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=queries.LONGEST_TEXT,
        widget=forms.Textarea(attrs=dict(attrs)),
        help_text=help_text,
    )


def _several(label: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, widget=forms.CheckboxSelectMultiple, help_text=help_text
    )


class PartForm(forms.Form):
    """What every part has. `texts`, `lists` and `numbers` say how fields become what is kept."""

    lists: Sequence[str] = ()
    numbers: Sequence[str] = ()

    title = forms.CharField(label=gettext_lazy("Title"), max_length=queries.LONGEST_TITLE)
    source = forms.ChoiceField(label=gettext_lazy("Source"), required=False)
    place = forms.CharField(
        label=gettext_lazy("Place in the source"),
        required=False,
        max_length=queries.LONGEST_TITLE,
        help_text=gettext_lazy(
            "A chapter or page; or, without a source in the list, where this comes from. For "
            "example: meeting with providers in May."
        ),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    key = forms.CharField(widget=forms.HiddenInput, max_length=60)
    #: The earlier revision that the form was filled from, where it was.
    started = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)

    def __init__(self, *args: Any, body: Body, region: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "part_%s", **kwargs})
        known = sorted(reference.sources().values(), key=lambda source: source.title.casefold())
        self.fields["source"].choices = [  # type: ignore[attr-defined]
            ("", _("No document in the list")),
            *((source.id, source.title) for source in known),
        ]
        for name in ("source", "place"):
            self.fields[name] = self.fields.pop(name)
        self._choose(body, region)

    def _choose(self, body: Body, region: Any) -> None:
        """Fills the lists to choose from."""

    def body(self, old: Body, started: Body | None = None) -> Body:
        """What was typed in a valid form, as it is kept; `old` is what was on the screen.

        `started` is the earlier revision that the form was filled from: what was left of it keeps
        both languages.
        """
        given = {"key": self.cleaned_data["key"]}
        for name in self.fields:
            if name not in {"seen", "key", "started"}:
                known = [getattr(body, name) for body in (old, started) if body is not None]
                given[name] = self._value(name, known)
        return type(old).model_validate({**_as_kept(old), **given})

    def _value(self, name: str, known: Sequence[Any]) -> Any:
        """The value of a field; `known` is what it said in the revisions that were seen."""
        typed = self.cleaned_data[name]
        if name in self.numbers:
            return tuple(map(int, typed))
        if name in self.lists:
            return tuple(typed)
        return said(known, typed) if isinstance(known[0], BilingualText) else typed

    def refuse(self, problems: Mapping[str, str]) -> None:
        """Shows what the service objected to beside the fields."""
        for field, sentence in problems.items():
            self.add_error(field if field in self.fields else None, sentence)


def _as_kept(body: Body) -> dict[str, Any]:
    return {name: getattr(body, name) for name in type(body).model_fields}


def said(known: Sequence[BilingualText], typed: str) -> BilingualText:
    """A text as typed. What was not changed keeps both languages; else the other says nothing,
    because it would say something older."""
    text = "\n".join(typed.split("\r\n")).strip()
    for old in known:
        if text == shown(old).strip():
            return old
    return BilingualText(nl="" if _is_english() else text, en=text if _is_english() else "")


class AboutForm(PartForm):
    intro = _text(gettext_lazy("Introduction"))
    period = _text(gettext_lazy("Period"), _SHORT)


class SpearheadForm(PartForm):
    goal = _text(gettext_lazy("Goal"))


class ProgrammeForm(PartForm):
    overlap = _text(gettext_lazy("Where the agenda touches it"))


class ElementForm(PartForm):
    question = _text(gettext_lazy("Question to answer"))


class ItemForm(PartForm):
    lists = ("needs", "feeds", "spearheads", "programmes", "elements", "examined")
    numbers = ("insights", "initiatives")

    content = _text(gettext_lazy("What exactly"), help_text=gettext_lazy("A line for each thing."))
    reason = _text(gettext_lazy("Reason"))
    stage = forms.ChoiceField(label=gettext_lazy("How far it is"), required=False)
    line = forms.ChoiceField(
        label=gettext_lazy("Place in the portfolio"),
        required=False,
        help_text=gettext_lazy("What starts quickly and small feeds the long lines."),
    )
    starts = forms.ChoiceField(label=gettext_lazy("First quarter"), required=False)
    ends = forms.ChoiceField(label=gettext_lazy("Last quarter"), required=False)
    timing = _text(gettext_lazy("When, in words"), _SHORT)
    providers_asked = forms.IntegerField(
        label=gettext_lazy("Providers that asked for it"), required=False, min_value=0
    )
    involved = _text(
        gettext_lazy("Who takes part"),
        help_text=gettext_lazy("A line each: a team or an organisation, no names of persons."),
    )
    needs = _several(gettext_lazy("What comes first"))
    feeds = _several(
        gettext_lazy("What goes on with it"),
        gettext_lazy("Items that go on with what is learned here."),
    )
    spearheads = _several(gettext_lazy("Spearheads"))
    programmes = _several(gettext_lazy("Other programmes it touches"))
    insights = _several(gettext_lazy("Insights behind it"))
    initiatives = _several(gettext_lazy("Initiatives that belong to it"))
    elements = _several(gettext_lazy("Cost-price elements to examine"))
    examined = _several(gettext_lazy("Elements that were examined"))
    findings = _text(gettext_lazy("What that showed"))

    def _choose(self, body: Body, region: Any) -> None:
        assert isinstance(body, AgendaItem), "this form is for items"
        offered: dict[str, Sequence[tuple[str, str]]] = {
            **queries.choices_for(region, body),
            "stage": _or_nothing(queries.Stage),
            "line": _or_nothing(queries.Line),
            "starts": _quarters(body.starts),
            "ends": _quarters(body.ends),
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            # An empty list to choose from says nothing.
            if not choices:
                del self.fields[name]
        if "elements" not in self.fields:
            del self.fields["findings"]


def _or_nothing(words: Any) -> Sequence[tuple[str, str]]:
    return [("", _("Not said")), *((str(one), str(one.label)) for one in words)]


def _quarters(chosen: str) -> Sequence[tuple[str, str]]:
    """Every quarter of some years back and ahead, and the one that is chosen."""
    year = timezone.localdate().year
    names = {
        f"{one}-Q{number}" for one in range(year - _BACK, year + _AHEAD) for number in (1, 2, 3, 4)
    }
    names |= {chosen} - {""}
    return [
        ("", _("Not planned")),
        *((name, queries.quarter_words(name)) for name in sorted(names)),
    ]


class TaskForm(PartForm):
    level = forms.ChoiceField(
        label=gettext_lazy("Level"), choices=queries.Level.choices, widget=forms.RadioSelect
    )
    goal = _text(gettext_lazy("Goal"))
    partners = _text(
        gettext_lazy("Partners, and what each brings"),
        help_text=gettext_lazy(
            "A line each, with a colon before what it brings. For example: Public health service: "
            "two nurses."
        ),
    )
    shared_risk = _text(gettext_lazy("Shared risk"))
    agreements = _text(gettext_lazy("Agreements"))
    indicators = _text(gettext_lazy("Indicators"), help_text=gettext_lazy("A line each."))

    def _value(self, name: str, known: Sequence[Any]) -> Any:
        if name != "partners":
            return super()._value(name, known)
        lines = [line.strip() for line in self.cleaned_data[name].splitlines() if line.strip()]
        return tuple(_partner(line, [one for old in known for one in old]) for line in lines)


def _partner(line: str, known: Sequence[AgendaPartner]) -> AgendaPartner:
    who, _colon, brings = (piece.strip() for piece in line.partition(":"))
    same = [partner for partner in known if shown(partner.who) == who]
    return AgendaPartner(
        who=said([partner.who for partner in same], who),
        brings=said([partner.brings for partner in same], brings),
    )


FORMS: Mapping[str, type[PartForm]] = {
    queries.Kind.ABOUT: AboutForm,
    queries.Kind.SPEARHEAD: SpearheadForm,
    queries.Kind.ITEM: ItemForm,
    queries.Kind.TASK: TaskForm,
    queries.Kind.PROGRAMME: ProgrammeForm,
    queries.Kind.ELEMENT: ElementForm,
}


def initial_of(body: Body, seen: int, started: int | None = None) -> dict[str, Any]:
    """A part as it is now, or as revision `started` said it, for its form."""
    typed = {name: _typed(value) for name, value in _as_kept(body).items()}
    return {**typed, "seen": seen, "started": started}


def _typed(value: Any) -> Any:
    if isinstance(value, BilingualText):
        return shown(value)
    if not isinstance(value, tuple):
        return value
    if value and isinstance(value[0], AgendaPartner):
        return "\n".join(
            f"{shown(one.who)}: {shown(one.brings)}".removesuffix(": ") for one in value
        )
    return [str(one) for one in value]
