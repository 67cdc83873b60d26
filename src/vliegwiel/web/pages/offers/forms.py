"""What somebody looks for, types about an offer, or names a provider."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.offers import OfferFacts, WaitFacts, queries
from vliegwiel.apps.offers.queries import OfferDetail, OfferedForm, OfferWanted
from vliegwiel.apps.regions.queries import municipalities_of

_EIGHT_DIGITS = r"^[0-9]{8}$"
#: Nothing is chosen beforehand: what somebody passes over would be kept as if it was said.
_UNCHOSEN = ("", _("Choose …"))


class FinderForm(forms.Form):
    """Every field may stay empty; what does not exist narrows nothing."""

    vorm = forms.ChoiceField(label=_("Form of care"), required=False)
    leeftijd = forms.IntegerField(
        label=_("Age"), required=False, min_value=queries.YOUNGEST, max_value=queries.OLDEST
    )
    gemeente = forms.ChoiceField(label=_("Municipality"), required=False)
    vrij = forms.BooleanField(label=_("Freely usable only"), required=False)

    def __init__(self, *args: Any, region: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "find_%s", **kwargs})
        places = [(place.code, place.name) for place in municipalities_of(region)]
        forms_ = [("", _("All forms")), *OfferedForm.choices]
        self.fields["vorm"].choices = forms_  # type: ignore[attr-defined]
        self.fields["gemeente"].choices = [  # type: ignore[attr-defined]
            ("", _("All municipalities")), *places,
        ]  # fmt: skip

    def wanted(self) -> OfferWanted:
        self.full_clean()
        given = self.cleaned_data
        return OfferWanted(
            form=given.get("vorm", ""),
            age=given.get("leeftijd"),
            municipality=given.get("gemeente", ""),
            only_free=bool(given.get("vrij")),
        )


class OfferForm(forms.Form):
    """An offer, and what is said of its wait now; an empty wait leaves what is known."""

    provider_code = forms.RegexField(
        label=_("AGB code of the provider"),
        regex=_EIGHT_DIGITS,
        error_messages={"invalid": _("An AGB code has eight digits.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    provider = forms.CharField(label=_("Name of the provider"), max_length=queries.LONGEST_NAME)
    code = forms.CharField(
        label=_("Code of the offer"),
        max_length=queries.LONGEST_CODE,
        help_text=_("A short code of your own choice; it stays the same when the offer changes."),
    )
    title = forms.CharField(label=_("What is offered"), max_length=queries.LONGEST_NAME)
    care_form = forms.ChoiceField(
        label=_("Form of care"), choices=[_UNCHOSEN, *OfferedForm.choices]
    )
    target_group = forms.CharField(
        label=_("For whom"),
        required=False,
        max_length=queries.LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("About the group, never about one child."),
    )
    age_from = forms.IntegerField(
        label=_("From age"), min_value=queries.YOUNGEST, max_value=queries.OLDEST
    )
    age_to = forms.IntegerField(
        label=_("Up to and including age"), min_value=queries.YOUNGEST, max_value=queries.OLDEST
    )
    municipalities = forms.MultipleChoiceField(
        label=_("Municipalities"), widget=forms.CheckboxSelectMultiple
    )
    free = forms.BooleanField(
        label=_("Freely usable"),
        required=False,
        help_text=_("Everybody who may refer can use it, without a separate permission."),
    )
    places = forms.IntegerField(
        label=_("Places"), required=False, min_value=0, max_value=queries.MOST_PLACES
    )
    starts_on = forms.DateField(
        label=_("Offered from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    ends_on = forms.DateField(
        label=_("Offered until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    wait_days = forms.IntegerField(
        label=_("Wait in days"),
        required=False,
        min_value=0,
        max_value=queries.LONGEST_WAIT,
        help_text=_("Only when you have a new one; what was said before stays, with its date."),
    )
    wait_until = forms.ChoiceField(
        label=_("The wait runs"),
        choices=[_UNCHOSEN, *queries.WaitUntil.choices],
        required=False,
    )
    wait_on = forms.DateField(
        label=_("Said on"),
        required=False,
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    wait_source = forms.ChoiceField(
        label=_("Who says it"),
        choices=[_UNCHOSEN, *queries.WaitSource.choices],
        required=False,
    )
    wait_place = forms.CharField(
        label=_("Where it says so"),
        required=False,
        max_length=queries.LONGEST_TEXT,
        help_text=_("An address of a page, or the name of a document."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, region: Any, known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "offer_%s", **kwargs})
        places = [(place.code, place.name) for place in municipalities_of(region)]
        self.fields["municipalities"].choices = places  # type: ignore[attr-defined]
        if known:
            for name in ("provider_code", "code"):
                self.fields[name].widget.attrs["readonly"] = True

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("wait_days") is not None:
            for name in ("wait_until", "wait_on", "wait_source"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, _("With a wait this must be filled in."))
        return given

    def facts(self, mark: str) -> OfferFacts:
        """What is offered, as typed in a valid form."""
        given = self.cleaned_data
        return OfferFacts(
            title=given["title"],
            care_form=OfferedForm(given["care_form"]),
            target_group=given["target_group"],
            age_from=given["age_from"],
            age_to=given["age_to"],
            municipalities=tuple(sorted(given["municipalities"])),
            free=given["free"],
            places=given["places"],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            mark=queries.DataMark(mark),
        )

    def wait(self) -> WaitFacts | None:
        """What was said of the wait; None where nothing was typed."""
        given = self.cleaned_data
        if given["wait_days"] is None:
            return None
        return WaitFacts(
            days=given["wait_days"],
            until=queries.WaitUntil(given["wait_until"]),
            stated_on=given["wait_on"],
            source=queries.WaitSource(given["wait_source"]),
            place=given["wait_place"],
        )

    def refuse(self, problems: dict[str, str]) -> None:
        """Shows what the service objected to beside the fields."""
        for field, sentence in problems.items():
            self.add_error(field if field in self.fields else None, sentence)


def initial_of(detail: OfferDetail) -> dict[str, Any]:
    """An offer as it is now, for its form."""
    line = detail.line
    names = (
        *("provider_code", "provider", "code", "title", "care_form", "target_group"),
        *("age_from", "age_to", "municipalities", "free", "places", "starts_on", "ends_on"),
    )
    return {**{name: getattr(line, name) for name in names}, "seen": line.version}


class TableForm(forms.Form):
    file = forms.FileField(
        label=_("Table of offers"),
        help_text=_("A CSV or Excel file (.xlsx) of at most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
        max_length=200,
    )


class ProviderForm(forms.Form):
    provider_code = forms.RegexField(
        label=_("AGB code of the provider"),
        regex=_EIGHT_DIGITS,
        error_messages={"invalid": _("An AGB code has eight digits.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    provider = forms.CharField(label=_("Name of the provider"), max_length=queries.LONGEST_NAME)
