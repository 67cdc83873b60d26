"""The organisation as allauth knows it."""

import secrets
from typing import Any

from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.http import HttpRequest, HttpResponse

from .views import OrganisationAdapter


class OrganisationProvider(OpenIDConnectProvider):
    oauth2_adapter_class = OrganisationAdapter

    def redirect(
        self,
        request: HttpRequest,
        process: str,
        next_url: str | None = None,
        data: Any = None,
        **kwargs: Any,
    ) -> HttpResponse:
        """Sends the browser out with a nonce that the ID token has to bring back."""
        nonce = secrets.token_urlsafe(32)
        # Scope and parameters are configured; what an address asks for on top is not passed on.
        kwargs["scope"] = self.get_scope()
        kwargs["auth_params"] = {**self.get_auth_params(), "nonce": nonce}
        response: HttpResponse
        try:
            response = super().redirect(
                request, process, next_url=next_url, data=data, nonce=nonce, **kwargs
            )
        except (OAuth2Error, OSError) as error:
            # The organisation's login does not answer, or not as it should.
            response = render_authentication_error(request, self, exception=error)
        return response

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Kept of what the organisation tells: nothing but its own number for the person."""
        return {"sub": data["sub"]}


provider_classes = [OrganisationProvider]
