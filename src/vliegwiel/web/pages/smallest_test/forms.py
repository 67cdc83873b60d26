"""The question: which pilot, measured how, and how sure it must be."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.apps.explorer import descriptions, pilot_words
from vliegwiel.apps.explorer.edits import rollout_of
from vliegwiel.apps.explorer.pilot_work import LIMITS, PilotQuestion
from vliegwiel.science.caresystem import ALL, CareSystem, Scenario
from vliegwiel.science.evidence import DESIGNS
from vliegwiel.science.kernel import Fault

_CERTAINTIES = (0.7, 0.8, 0.9)
_PILOTS = (200, 400, 1000)
#: Numbers of municipalities side by side in one picture.
_MOST_NUMBERS = 4
#: Field of the question -> field of the form, where they differ.
_FIELDS = {"replications": "pilots", "candidates": "compared"}


class QuestionForm(forms.Form):
    outcome = forms.ChoiceField(
        label=gettext_lazy("What must be seen to change"),
        choices=list(pilot_words.OUTCOMES.items()),
        initial="waiting_time",
    )
    care_type = forms.ChoiceField(label=gettext_lazy("Form of care"))
    design = forms.ChoiceField(
        label=gettext_lazy("How the pilot is set up"),
        widget=forms.RadioSelect,
        initial="differences",
    )
    given = forms.MultipleChoiceField(
        label=gettext_lazy("Municipalities with the pilot"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy(
            "Those that are sure already. Leave open what a lot will decide, and say below how "
            "many there will be. When municipalities are drawn by lot, the lot draws from these "
            "and from those below."
        ),
    )
    compared = forms.MultipleChoiceField(
        label=gettext_lazy("Municipalities to compare with or draw from"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    numbers = forms.CharField(
        label=gettext_lazy("Numbers of pilot municipalities to try"),
        required=False,
        help_text=gettext_lazy(
            "For example 2, 4, 6: at most four. What you did not tick is drawn by lot. Leave empty "
            "for the ticked municipalities alone."
        ),
    )
    certainty = forms.TypedChoiceField(
        label=gettext_lazy("How sure it must be that the effect is seen"),
        coerce=float,
        initial="0.8",
    )
    months_before = forms.IntegerField(
        label=gettext_lazy("Months measured before the start"),
        min_value=LIMITS["months_before"][0],
        max_value=LIMITS["months_before"][1],
        initial=12,
    )
    longest = forms.IntegerField(
        label=gettext_lazy("Most months that the pilot may take"),
        min_value=LIMITS["longest"][0],
        max_value=LIMITS["longest"][1],
        initial=36,
    )
    pilots = forms.TypedChoiceField(
        label=gettext_lazy("Pilots to simulate"),
        coerce=int,
        initial="400",
        help_text=gettext_lazy("More pilots take longer and give a surer answer."),
    )

    def __init__(self, data: Any, *, system: CareSystem, scenario: Scenario) -> None:
        super().__init__(data)
        places = [(m.code, m.name) for m in system.municipalities]
        first = set(_first_places(scenario)) & {code for code, _name in places}
        types = [(c.id, descriptions.in_language(c.label)) for c in system.care_types]
        self._choose("care_type", [(ALL, _("All together")), *types], scenario.focus or ALL)
        self._choose("design", [(key, pilot_words.DESIGNS[key]) for key in DESIGNS])
        self._choose("given", places, [code for code, _name in places if code in first])
        self._choose("compared", places, [code for code, _name in places if code not in first])
        shown = [(str(c), _("%(count)s of 100 cases") % {"count": round(100 * c)})
                 for c in _CERTAINTIES]  # fmt: skip
        self._choose("certainty", shown)
        self._choose("pilots", [(str(count), str(count)) for count in _PILOTS])

    def _choose(self, name: str, choices: list[Any], initial: Any = None) -> None:
        field = self.fields[name]
        field.choices = choices  # type: ignore[attr-defined]
        if initial is not None:
            field.initial = initial

    def clean_numbers(self) -> tuple[int, ...]:
        words = self.cleaned_data["numbers"].replace(";", ",").replace(" ", ",").split(",")
        words = [word for word in words if word]
        if not all(word.isdecimal() and len(word) < 4 for word in words):
            raise forms.ValidationError(_("Write whole numbers, with commas between them."))
        numbers = tuple(sorted({int(word) for word in words}))
        if len(numbers) > _MOST_NUMBERS:
            raise forms.ValidationError(_("At most four numbers can be shown side by side."))
        return numbers

    def question(self) -> PilotQuestion:
        """What was asked; a municipality with the pilot is not one to compare with."""
        data = self.cleaned_data
        given = tuple(data["given"])
        return PilotQuestion(
            design=data["design"],
            outcome=data["outcome"],
            care_type=data["care_type"],
            given=given,
            candidates=tuple(code for code in data["compared"] if code not in given),
            numbers=data["numbers"],
            certainty=data["certainty"],
            months_before=data["months_before"],
            longest=data["longest"],
        )

    def refuse(self, faults: Iterable[Fault]) -> None:
        """Shows what the service objected to beside the fields."""
        for found in faults:
            name = _FIELDS.get(found.path, found.path)
            self.add_error(name if name in self.fields else None, _sentence(found))


def _sentence(found: Fault) -> str:
    words = pilot_words.fault(found)
    return f"{words[:1].upper()}{words[1:]}."


def _first_places(scenario: Scenario) -> tuple[str, ...]:
    """Where the scenario itself begins."""
    return rollout_of(scenario).municipalities
