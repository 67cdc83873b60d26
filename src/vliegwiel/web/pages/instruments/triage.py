"""Which help fits: from a question to a layer of help and to offers with their wait.

Nothing of it is kept: answers come in the body of the request, are read once, and are not in any
table, session, address or line of the log.
"""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from vliegwiel import reference
from vliegwiel.apps.figures import in_language
from vliegwiel.apps.offers import queries as offers
from vliegwiel.apps.offers.queries import OfferWanted
from vliegwiel.apps.regions.queries import municipalities_of, region_by_slug, regions_in_use
from vliegwiel.science.questionnaires import Advice, Triage, lead, read_triage

_MOST_OFFERS = 8
_TRIAGE = read_triage(reference.triage_text())


class HelpForm(forms.Form):
    """The questions of the triage; then where and for which age, to find what there is."""

    def __init__(self, triage: Triage, region: Any, *args: Any) -> None:
        super().__init__(*args)
        self.steps = [question.key for question in triage.questions]
        for question in triage.questions:
            self.fields[question.key] = forms.ChoiceField(
                label=in_language(nl=question.text.nl, en=question.text.en),
                choices=[
                    (way.key, in_language(nl=way.label.nl, en=way.label.en))
                    for way in question.choices
                ],
                widget=forms.RadioSelect,
            )
        places = [(place.code, place.name) for place in municipalities_of(region)]
        self.fields["place"] = forms.ChoiceField(
            label=_("Municipality"),
            required=False,
            choices=[("", _("All municipalities")), *places],
        )
        self.fields["age"] = forms.IntegerField(
            label=_("Age"), required=False, min_value=offers.YOUNGEST, max_value=offers.OLDEST
        )

    def answers(self) -> dict[str, str]:
        return {key: self.cleaned_data[key] for key in self.steps}


@never_cache
@sensitive_post_parameters()
def which_help(request: HttpRequest, region_slug: str) -> HttpResponse:
    """For everybody, without an account."""
    region = region_by_slug(region_slug)
    if region is None or region not in regions_in_use():
        raise Http404
    form = HelpForm(_TRIAGE, region, request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"triage": _TRIAGE, "of": region, "form": form}
    if form.is_bound and form.is_valid():
        advice = lead(_TRIAGE, form.answers())
        found = _offers(region, advice, form.cleaned_data)
        context |= {
            "advice": advice,
            "offers": found[:_MOST_OFFERS],
            "more": max(len(found) - _MOST_OFFERS, 0),
            "mark": offers.register_mark(found),
        }
    # With `never_cache` a browser does not keep it either: "back" asks again.
    status = 422 if form.errors else 200
    return render(request, "instruments/which_help.html", context, status=status)


def _offers(region: Any, advice: Advice, given: dict[str, Any]) -> list[offers.OfferLine]:
    """What there is of these forms, the shortest wait first; lines without a wait come last."""
    lines: dict[int, offers.OfferLine] = {}
    for form in advice.forms:
        wanted = OfferWanted(form, given["age"], given["place"], only_free=advice.level.free)
        for line in offers.find_offers(region, wanted, on=timezone.localdate()):
            lines.setdefault(line.id, line)

    def wait(line: offers.OfferLine) -> tuple[bool, int, str]:
        days = line.wait.days if line.wait is not None else 0
        return line.wait is None, days, line.title.casefold()

    return sorted(lines.values(), key=wait)
