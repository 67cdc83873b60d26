"""Filters of published waiting times, and the upload of a new delivery."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.figures.queries import FigureChoices, WaitingChoices, WaitingFilter


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


class FigureChoiceForm(forms.Form):
    """A year and a form to follow; without one each figure is of its newest year."""

    def __init__(self, *args: Any, choices: FigureChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years: list[tuple[str, Any]] = [
            ("", _("Newest of each")),
            *((year, year) for year in choices.years),
        ]
        followed: list[tuple[str, Any]] = [("", _("The main forms"))]
        followed += [(form.care_form, form.label) for form in choices.forms]
        # By the words that stand in addresses, which are Dutch.
        self.fields["jaar"] = forms.ChoiceField(label=_("Year"), choices=years, required=False)
        self.fields["vorm"] = forms.ChoiceField(
            label=_("Form to follow over the years"), choices=followed, required=False
        )

    def wanted(self) -> tuple[str, str]:
        """Year and form; empty for what was not chosen or does not exist."""
        self.full_clean()
        return self.cleaned_data.get("jaar", ""), self.cleaned_data.get("vorm", "")


class DeliveryForm(forms.Form):
    file = forms.FileField(
        label=_("File with published waiting times"),
        help_text=_(
            "A JSON file of at most 5 MB. Nothing is kept until you have seen the outcome."
        ),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        max_length=200,
    )
