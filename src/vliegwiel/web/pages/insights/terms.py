"""Words that parties use differently: the list, one word, and what somebody adds."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from vliegwiel.apps.insights import ChangedMeanwhile, NotThere, TermRefused, queries, services
from vliegwiel.apps.insights.services import Meaning
from vliegwiel.apps.regions import rights
from vliegwiel.web.login.kept import typed
from vliegwiel.web.pages.access import RegionRequest, region_page

from .seen import has_seen


class _TermForm(forms.Form):
    word = forms.CharField(label=gettext_lazy("Word"), max_length=queries.LONGEST_WORD)

    def refuse(self, problems: dict[str, str]) -> None:
        """Shows what the service objected to beside the fields."""
        for field, sentence in problems.items():
            self.add_error(field if field in self.fields else None, sentence)


class MeaningForm(_TermForm):
    party = forms.CharField(
        label=gettext_lazy("Which party"),
        max_length=queries.LONGEST_PARTY,
        help_text=gettext_lazy("For example: municipalities, providers. No names of persons."),
    )
    text = forms.CharField(
        label=gettext_lazy("What they mean by it"),
        max_length=queries.LONGEST_MEANING,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    place = forms.CharField(
        label=gettext_lazy("Where that stands or was said"), max_length=200, required=False
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class OtherWordForm(_TermForm):
    other = forms.CharField(
        label=gettext_lazy("Other word that means the same"), max_length=queries.LONGEST_WORD
    )
    place = forms.CharField(
        label=gettext_lazy("Where that stands or was said"), max_length=200, required=False
    )


@require_safe
@region_page("region.view")
def terms(request: RegionRequest, region: Any) -> HttpResponse:
    """Every word with what each party means by it."""
    found = queries.term_list(region)
    context = {
        "terms": found,
        "may_edit": rights.may(request.user, "insights.edit", region),
        "has_shipped": any(item.is_shipped for item in found),
    }
    return render(request, "insights/terms.html", context)


@region_page("insights.edit", keeps_typed=True)
def add_meaning(request: RegionRequest, region: Any) -> HttpResponse:
    """What a party means by a word, new or corrected."""
    form = MeaningForm(typed(request), initial=_known(region, request.GET))
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        meaning = Meaning(given["party"], given["text"], given["place"])
        try:
            services.keep_meaning(
                region=region, word=given["word"], meaning=meaning, seen=given["seen"],
                by=request.user,
            )  # fmt: skip
        except TermRefused as refused:
            form.refuse(refused.problems)
        except ChangedMeanwhile:
            context["now"] = _show_now(region, form)
        else:
            messages.success(request, _("The meaning was saved."))
            return redirect("terms", region.slug)
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "insights/meaning.html", context, status=status)


def _known(region: Any, asked: Any) -> dict[str, Any]:
    """The word of the address, and the meaning that is to be corrected."""
    number = asked.get("betekenis", "")
    for item in queries.term_list(region):
        for meaning in item.meanings:
            if number == str(meaning.id):
                names = ("party", "text", "place")
                known = {name: getattr(meaning, name) for name in names}
                return {"word": item.word, "seen": meaning.id, **known}
    return {"word": asked.get("woord", "")[: queries.LONGEST_WORD]}


def _show_now(region: Any, form: MeaningForm) -> Any:
    """What the party means now by this word; sent again, the form puts its own in its place."""
    form.add_error(None, _("This party has a meaning here already. Compare it with yours."))
    word, party = (form.cleaned_data[name].casefold() for name in ("word", "party"))
    found = [item for item in queries.term_list(region) if item.word.casefold() == word]
    now = [row for item in found for row in item.meanings if row.party.casefold() == party]
    has_seen(form, str(now[0].id) if now else "")
    return now[0] if now else None


@region_page("insights.edit", keeps_typed=True)
def add_other_word(request: RegionRequest, region: Any) -> HttpResponse:
    """Another word with which somebody means the same."""
    asked = {"word": request.GET.get("woord", "")[: queries.LONGEST_WORD]}
    form = OtherWordForm(typed(request), initial=asked)
    if request.method == "POST" and form.is_valid():
        try:
            services.keep_other_word(region=region, by=request.user, **form.cleaned_data)
        except TermRefused as refused:
            form.refuse(refused.problems)
        else:
            messages.success(request, _("The word was saved."))
            return redirect("terms", region.slug)
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "insights/other_word.html", {"form": form}, status=status)


@require_POST
@region_page("insights.edit")
def take_shipped(request: RegionRequest, region: Any) -> HttpResponse:
    """Gives the region the terms that the source documents name."""
    services.load_shipped_terms(region=region, by=request.user)
    messages.success(request, _("The words of the source documents stand here now."))
    return redirect("terms", region.slug)


@require_POST
@region_page("insights.edit")
def remove(request: RegionRequest, region: Any, pk: int) -> HttpResponse:
    """Takes a word away with all its meanings."""
    try:
        services.remove_term(region=region, term_id=pk, by=request.user)
    except NotThere as gone:
        raise Http404 from gone
    messages.success(request, _("The word was taken away."))
    return redirect("terms", region.slug)
