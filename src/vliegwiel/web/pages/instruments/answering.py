"""Answering without an account: the address is the key, and nobody is asked who he is."""

from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from vliegwiel.apps.instruments import (
    NotThere,
    Refused,
    RoundClosed,
    RoundFull,
    queries,
    services,
)
from vliegwiel.science.questionnaires import Instrument
from vliegwiel.web.pages.errors import too_many_requests

from .forms import AnswerForm
from .words import grouped


@never_cache
def invited(request: HttpRequest, invite: str) -> HttpResponse:
    """What is asked and how; answers begin with the button, so that a look keeps nothing."""
    found = queries.invited(invite)
    if found is None:
        raise Http404
    full = False
    if request.method == "POST" and not found.closed:
        if not ratelimit.consume(request, action="begin_answer"):
            return too_many_requests(request)
        try:
            secret = services.begin_answer(invite=invite)
        except (NotThere, RoundClosed):
            return redirect("invited", invite)
        except RoundFull:
            full = True
        else:
            return redirect("answering", secret)
    context = {"found": found, "full": full}
    status = 409 if full else 200
    return _private(render(request, "instruments/invited.html", context, status=status))


@never_cache
def answer(request: HttpRequest, secret: str) -> HttpResponse:
    """The questions, with what was answered before."""
    found = queries.answering(secret)
    if found is None:
        raise Http404
    instrument = found.invited.instrument
    sent = request.POST if request.method == "POST" else None
    form = AnswerForm(instrument, sent, initial=dict(found.answers))
    if request.method == "POST" and form.is_valid() and _save(request, secret, form):
        return redirect("answering", secret)
    context = {
        "found": found,
        "form": form,
        "groups": _grouped(instrument, form),
        "address": request.build_absolute_uri(request.path),
    }
    status = 422 if form.errors else 200
    return _private(render(request, "instruments/answer.html", context, status=status))


def _save(request: HttpRequest, secret: str, form: AnswerForm) -> bool:
    if not ratelimit.consume(request, action="save_answer"):
        # What was typed stays on the page.
        form.add_error(None, _("Too much was saved from here. Wait a minute, then save again."))
        return False
    hand_in = "hand_in" in request.POST
    try:
        services.save_answer(secret=secret, given=form.given(), hand_in=hand_in)
    except Refused as refused:
        for field, sentence in refused.problems.items():
            form.add_error(field if field in form.fields else None, sentence)
        return False
    except (NotThere, RoundClosed):
        # Closing throws away what was not handed in.
        form.add_error(None, _("The round was closed meanwhile: nothing can be changed any more."))
        return False
    done = _("Thank you: your answers are handed in. You can change them until the round closes.")
    later = _("Your answers are kept, and not handed in yet.")
    messages.success(request, done if hand_in else later)
    return True


def _grouped(
    instrument: Instrument, form: AnswerForm
) -> list[tuple[str, list[tuple[forms.BoundField, str]]]]:
    """Fields under the title of their aspect; with a mark where an answer is needed."""
    return [
        (title, [(form[question.key], "yes" if question.required else "") for question in items])
        for title, items in grouped(instrument)
    ]


def _private(response: HttpResponse) -> HttpResponse:
    """An address that is a key: no search machine keeps it; that no other site hears it is usual.

    A policy that sends no referrer at all would make browsers hide where a form comes from.
    """
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
