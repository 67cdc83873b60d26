"""Pages about logging in that allauth does not have."""

from allauth.account import views as account
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def ask_administrator(request: HttpRequest) -> HttpResponse:
    """Where no mail is sent, a new password comes from a person."""
    return render(request, "account/ask_administrator.html")


@login_not_required
def new_password(request: HttpRequest) -> HttpResponse:
    """Asks for an address to mail a link to; without mail it says whom to ask."""
    if settings.MAIL_ENABLED:
        answer: HttpResponse = account.password_reset(request)
        return answer
    return ask_administrator(request)
