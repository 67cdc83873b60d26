"""Which pilots somebody looks for, as it stands in the address."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vliegwiel.apps.pilots import queries
from vliegwiel.apps.pilots.queries import DesignId, PilotRow, PilotStatus, PilotsWanted

_PER_PAGE = 20
_LONGEST_SEARCH = 200


class WantedForm(forms.Form):
    """Every field may stay empty; what does not exist narrows nothing."""

    zoek = forms.CharField(label=_("Words"), required=False, max_length=_LONGEST_SEARCH)
    stand = forms.ChoiceField(
        label=_("Where it stands"), required=False, choices=[("", _("All")), *PilotStatus.choices]
    )
    opzet = forms.ChoiceField(
        label=_("Design"), required=False, choices=[("", _("All")), *DesignId.choices]
    )

    def wanted(self) -> PilotsWanted:
        self.full_clean()
        given = getattr(self, "cleaned_data", {})
        return PilotsWanted(
            text=given.get("zoek", "").replace("\x00", "").strip(),
            status=given.get("stand", ""),
            design=given.get("opzet", ""),
        )


def found_page(request: HttpRequest, region: Any) -> dict[str, Any]:
    """The form, the page of what fits, and the rest of the address for other pages."""
    form = WantedForm(request.GET or None, auto_id="find_%s")
    wanted = form.wanted() if form.is_bound else PilotsWanted()
    rows = queries.find_pilots(region, wanted, today=timezone.localdate())
    page: Page[PilotRow] = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    asked = {name: text for name, text in request.GET.items() if name != "page" and text}
    return {
        "form": form,
        "page": page,
        "is_narrowed": wanted != PilotsWanted(),
        "query": f"{urlencode(asked)}&" if asked else "",
    }
