"""A password alone is not enough where real data live."""

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

# The pages that somebody without a second factor needs to get one, or to leave.
OPEN_PREFIXES = ("/account/", "/language/")


class RequireSecondFactor:
    """Sends a local account without a second factor to the page that sets one up.

    Staff who come in through their organisation have been through its own checks.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._lacks_factor(request):
            return self.get_response(request)
        text = _("First set up a second step for logging in.")
        if request.path.startswith("/api/"):
            # A program cannot follow a page; it is told in the form that the API answers in.
            return JsonResponse(
                {"type": "about:blank", "title": text, "status": 403},
                status=403,
                content_type="application/problem+json",
            )
        messages.info(request, text)
        return redirect("mfa_activate_totp")

    def _lacks_factor(self, request: HttpRequest) -> bool:
        if not settings.MFA_REQUIRED or request.path.startswith(OPEN_PREFIXES):
            return False
        if not request.user.is_authenticated:
            return False
        records = get_authentication_records(request, request.user)
        if any(record.get("method") == "socialaccount" for record in records):
            return False
        return not is_mfa_enabled(request.user)
