"""Pages about logging in that allauth does not have."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def ask_administrator(request: HttpRequest) -> HttpResponse:
    """Where no mail is sent, a new password comes from a person."""
    return render(request, "account/ask_administrator.html")
