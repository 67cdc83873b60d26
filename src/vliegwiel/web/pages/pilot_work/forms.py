"""What somebody types about the work on a pilot."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.apps.pilots import DecisionFacts, RiskFacts
from vliegwiel.apps.pilots.queries import Grade, RiskKind, RiskStatus
from vliegwiel.web.pages.initiatives.saving import InitiativeForm, area, day

#: Decisions that one form of minutes holds.
DECISIONS = 6


class MilestoneForm(InitiativeForm):
    title = forms.CharField(
        label=gettext_lazy("What should be there"),
        max_length=200,
        help_text=gettext_lazy("The same words with another day move the milestone."),
    )
    due_on = day(gettext_lazy("On which day"))


class ReachedForm(InitiativeForm):
    done_on = day(gettext_lazy("Reached on"), initial=timezone.localdate)


class IterationForm(InitiativeForm):
    began_on = day(gettext_lazy("From"))
    ended_on = day(gettext_lazy("Until"), initial=timezone.localdate)
    tried = area(gettext_lazy("What was tried"), required=True)
    learned = area(
        gettext_lazy("What was learned"),
        required=True,
        help_text=gettext_lazy("Also what did not work. Name no youths."),
    )
    then = area(gettext_lazy("What comes next"))


class RiskForm(InitiativeForm):
    title = forms.CharField(label=gettext_lazy("What can happen"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("What it is about"), choices=RiskKind.choices)
    chance = forms.ChoiceField(label=gettext_lazy("How likely"), choices=Grade.choices)
    impact = forms.ChoiceField(label=gettext_lazy("How bad"), choices=Grade.choices)
    early_sign = area(gettext_lazy("How you see it coming"), rows=2)
    owner = forms.CharField(
        label=gettext_lazy("Who looks after it"),
        max_length=120,
        help_text=gettext_lazy("A team or a function, no name of a person."),
    )
    measure = area(gettext_lazy("What is done about it"), rows=2)
    status = forms.ChoiceField(
        label=gettext_lazy("How it stands"), choices=RiskStatus.choices, initial=RiskStatus.OPEN
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def facts(self) -> RiskFacts:
        return RiskFacts(**{name: self.cleaned_data[name] for name in _RISK})


_RISK = tuple(RiskFacts.__dataclass_fields__)


class MeetingForm(InitiativeForm):
    """Minutes with some decisions; a decision of which nothing is filled in is none."""

    held_on = day(gettext_lazy("Held on"), initial=timezone.localdate)
    present = area(
        gettext_lazy("Which organisations were there"),
        required=True,
        rows=2,
        help_text=gettext_lazy("Organisations or functions, no names of persons."),
    )
    minutes = area(gettext_lazy("What was said"), required=True, rows=6)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(DECISIONS):
            self.fields[f"text_{number}"] = forms.CharField(
                label=_("What was decided"), max_length=500, required=False
            )
            self.fields[f"owner_{number}"] = forms.CharField(
                label=_("Who does it"), max_length=120, required=False
            )
            due = day(_("Before which day"))
            due.required = False
            self.fields[f"due_{number}"] = due

    @property
    def plain(self) -> list[Any]:
        return [self[name] for name in ("held_on", "present", "minutes")]

    @property
    def rows(self) -> list[list[Any]]:
        """The fields of each decision."""
        return [
            [self[f"{part}_{number}"] for part in ("text", "owner", "due")]
            for number in range(DECISIONS)
        ]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        for number in range(DECISIONS):
            parts = {part: given.get(f"{part}_{number}") for part in ("text", "owner", "due")}
            for part in ("text", "owner"):
                if any(parts.values()) and not parts[part]:
                    self.add_error(
                        f"{part}_{number}", _("Say of each decision what it is and who does it.")
                    )
        return given

    def decisions(self) -> list[DecisionFacts]:
        given = self.cleaned_data
        return [
            DecisionFacts(
                text=given[f"text_{number}"],
                owner=given[f"owner_{number}"],
                due_on=given[f"due_{number}"],
            )
            for number in range(DECISIONS)
            if given[f"text_{number}"]
        ]
