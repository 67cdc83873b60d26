"""The form that records what was decided about an insight."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.insights import queries


class PriorityForm(forms.Form):
    level = forms.ChoiceField(
        label=_("Priority"), choices=queries.priority_levels, widget=forms.RadioSelect
    )
    basis_for_all_projects = forms.BooleanField(
        label=_("This insight is a basis for all projects"), required=False
    )
    reason = forms.CharField(
        label=_("Why"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("In one or two sentences, so that others can follow the choice later."),
    )
    decided_by = forms.CharField(
        label=_("Who decided"),
        max_length=200,
        help_text=_("The group or the person, for example: core team, board meeting."),
    )
    decided_on = forms.DateField(
        label=_("On which day"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def refuse(self, problems: dict[str, str]) -> None:
        """Shows what the service objected to beside the fields."""
        for field, sentence in problems.items():
            self.add_error(field if field in self.fields else None, sentence)


def form_for(detail: Any, data: Any = None) -> PriorityForm:
    """Filled with the priority in force, so that only what changes has to be typed."""
    current = detail.priority
    initial = (
        {"level": current.level, "basis_for_all_projects": current.basis_for_all_projects}
        if current
        else {}
    )
    return PriorityForm(data, initial=initial)
