"""A password alone is not enough where real data live."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

# The pages that somebody without a second factor needs to get one, or to leave.
OPEN_PREFIXES = ("/account/", "/static/", "/language", "/healthz", "/readyz")


class RequireSecondFactor:
    """Sends a local account without a second factor to the page that sets one up.

    Staff who come in through their organisation have been through its own checks.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._lacks_factor(request):
            messages.info(request, _("First set up a second step for logging in."))
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def _lacks_factor(self, request: HttpRequest) -> bool:
        if not settings.MFA_REQUIRED or not request.user.is_authenticated:
            return False
        if request.path.startswith(OPEN_PREFIXES):
            return False
        methods = request.session.get("account_authentication_methods", [])
        if any(method.get("method") == "socialaccount" for method in methods):
            return False
        return not is_mfa_enabled(request.user)
