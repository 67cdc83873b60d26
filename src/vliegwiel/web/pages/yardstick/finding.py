"""Which indicators somebody looks for, as it stands in the address."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.yardstick.queries import Level, Role, library

_PER_PAGE = 50
_ALL = ("", _("All"))


class WantedForm(forms.Form):
    """Every field may stay empty; what does not exist narrows nothing."""

    zoek = forms.CharField(label=_("Words"), required=False, max_length=200)
    soort = forms.ChoiceField(label=_("Sort"), required=False, choices=[_ALL, *Role.choices])
    van = forms.ChoiceField(
        label=_("Measured of a"), required=False, choices=[_ALL, *Level.choices]
    )
    eigen = forms.ChoiceField(
        label=_("Whose"),
        required=False,
        choices=[_ALL, ("own", _("Of this region")), ("shared", _("Shared by all regions"))],
    )


def found_indicators(request: HttpRequest, region: Any) -> dict[str, Any]:
    """The form and the page of indicators that fit."""
    form = WantedForm(request.GET or None, auto_id="find_%s")
    form.full_clean()
    given = getattr(form, "cleaned_data", {})
    text = given.get("zoek", "").strip().casefold()
    found = [
        one
        for one in library(region)
        if text in f"{one.name} {one.definition}".casefold()
        and given.get("soort", "") in ("", one.role)
        and given.get("van", "") in ("", one.level)
        and given.get("eigen", "") in ("", "own" if one.own else "shared")
    ]
    asked = request.GET.copy()
    asked.pop("page", None)
    return {
        "form": form,
        "page": Paginator(found, _PER_PAGE).get_page(request.GET.get("page")),
        "is_narrowed": any(given.values()),
        "query": f"{asked.urlencode()}&" if asked else "",
    }
