"""The two steps of logging in at the organisation: going there and coming back."""

from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse

from .token import read_id_token


class OrganisationAdapter(OpenIDConnectOAuth2Adapter):
    """allauth's, with every check that the standard leaves to who wants to be sure."""

    @property
    def openid_config(self) -> dict[str, Any]:
        config: dict[str, Any] = super().openid_config
        if config.get("issuer", "").rstrip("/") != settings.OIDC_ISSUER:
            raise OAuth2Error("the issuer calls itself something else than was configured")
        return config

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        claims = read_id_token(
            kwargs["response"].get("id_token") or "",
            keys=self._keys(),
            issuer=self.openid_config["issuer"],
            client_id=app.client_id,
        )
        about = {**claims, **self._more_about(claims["sub"], token)}
        login = self.get_provider().sociallogin_from_response(request, about)
        # Compared with what this browser was sent out with, where that is known again: the adapter.
        login.nonce = claims["nonce"]
        login.groups = about.get(settings.OIDC_GROUPS_CLAIM)
        return login

    def _keys(self) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            keys: dict[str, Any] = answer.json()
        return keys

    def _more_about(self, subject: str, token: SocialToken) -> dict[str, Any]:
        """What the issuer tells beside the token; about the same person, or nothing is believed."""
        if "userinfo_endpoint" not in self.openid_config:
            return {}
        more: dict[str, Any] = self._fetch_user_info(token.token)
        if more.get("sub") != subject:
            raise OAuth2Error("token and user info are about different people")
        return more


@login_not_required
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _step(OAuth2LoginView, request, provider_id)


@login_not_required
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _step(OAuth2CallbackView, request, provider_id)


def _step(view: type[Any], request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        response: HttpResponse = view.adapter_view(OrganisationAdapter(request, provider_id))(
            request
        )
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return response
