"""What somebody looks for in the register, as it stands in the address."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.initiatives import queries
from vliegwiel.apps.initiatives.queries import InitiativeLine, Kind, Stage, Wanted

_PER_PAGE = 20
_LONGEST_SEARCH = 200
#: Field of the form and of `Wanted`, and the facet that gives its choices.
_FACETS = {
    "thema": ("theme", "themes", _("Theme")),
    "vraagstuk": ("question", "questions", _("Question of youth care")),
    "wie": ("actor", "actors", _("Who takes part")),
    "samenwerking": ("cooperation", "cooperation", _("Form of cooperation")),
    "betaalt": ("financing", "financing", _("Who pays")),
    "zorg": ("weight", "weight", _("Light or heavy care")),
    "kans": ("factor", "factors", _("Chance or barrier")),
}


class WantedForm(forms.Form):
    """Every field may stay empty; what does not exist narrows nothing."""

    zoek = forms.CharField(label=_("Words"), required=False, max_length=_LONGEST_SEARCH)
    fase = forms.ChoiceField(label=_("Stage"), required=False)

    def __init__(self, *args: Any, over_regions: bool, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "find_%s", **kwargs})
        every = ("", _("All"))
        self.fields["fase"].choices = [every, *Stage.choices]  # type: ignore[attr-defined]
        for name, (_field, facet, label) in _FACETS.items():
            self.fields[name] = forms.ChoiceField(
                label=label, required=False, choices=[every, *queries.choices(facet)]
            )
        if over_regions:
            self.fields["soort"] = forms.ChoiceField(
                label=_("Kind"), required=False, choices=[every, *Kind.choices]
            )

    def wanted(self) -> Wanted:
        self.full_clean()
        given = getattr(self, "cleaned_data", {})
        facets = {field: given.get(name, "") for name, (field, *_rest) in _FACETS.items()}
        return Wanted(
            text=given.get("zoek", "").replace("\x00", "").strip(),
            stage=given.get("fase", ""),
            kind=given.get("soort", ""),
            **facets,
        )


def wanted_of(request: HttpRequest, *, region: Any = None) -> Wanted:
    """What the address asks for."""
    form = WantedForm(request.GET or None, over_regions=region is None)
    return form.wanted() if form.is_bound else Wanted()


def found_page(request: HttpRequest, *, region: Any = None) -> dict[str, Any]:
    """The form, the page of what fits, and the rest of the address for other pages."""
    form = WantedForm(request.GET or None, over_regions=region is None)
    wanted = form.wanted() if form.is_bound else Wanted()
    lines = queries.find(request.user, wanted, region=region)
    page: Page[InitiativeLine] = Paginator(lines, _PER_PAGE).get_page(request.GET.get("page"))
    asked = {name: text for name, text in request.GET.items() if name != "page" and text}
    return {
        "form": form,
        "wanted": wanted,
        "page": page,
        "is_narrowed": wanted != Wanted(),
        "query": f"{urlencode(asked)}&" if asked else "",
    }
