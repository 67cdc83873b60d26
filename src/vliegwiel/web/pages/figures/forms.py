"""Filters of published waiting times, and the upload of a new delivery."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.figures.queries import WaitingChoices, WaitingFilter


class WaitingFilterForm(forms.Form):
    """Every field may stay empty; a value that does not exist shows everything, not an error."""

    soort = forms.ChoiceField(label=_("Kind of help"), required=False)
    gemeente = forms.ChoiceField(label=_("Municipality"), required=False)
    aanbieder = forms.ChoiceField(label=_("Provider"), required=False)
    zoek = forms.CharField(label=_("Search"), required=False, max_length=100)

    def __init__(self, *args: Any, choices: WaitingChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, found in (
            ("soort", _("All kinds"), choices.kinds),
            ("gemeente", _("All municipalities"), choices.municipalities),
            ("aanbieder", _("All providers"), choices.providers),
        ):
            options = [("", label), *((choice.value, choice.label) for choice in found)]
            self.fields[name].choices = options  # type: ignore[attr-defined]

    def wanted(self) -> WaitingFilter:
        self.full_clean()
        given = self.cleaned_data
        return WaitingFilter(
            kind=given.get("soort", ""),
            municipality=given.get("gemeente", ""),
            provider=given.get("aanbieder", ""),
            text=given.get("zoek", ""),
        )

    def is_narrowed(self) -> bool:
        return any(self.cleaned_data.values())


class DeliveryForm(forms.Form):
    file = forms.FileField(
        label=_("File with published waiting times"),
        help_text=_(
            "A JSON file of at most 5 MB. Nothing is kept until you have seen the outcome."
        ),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        max_length=200,
    )
