"""What allauth asks us: nobody signs up by himself; an organisation's groups become roles."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest

from vliegwiel.apps.regions import services


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Staff of the organisation come in; without a listed group they see no region."""
        return bool(settings.OIDC_ISSUER)

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.is_existing:
            self._give_roles(sociallogin.user, sociallogin)

    def save_user(
        self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None
    ) -> AbstractBaseUser:
        user = super().save_user(request, sociallogin, form)
        self._give_roles(user, sociallogin)
        return user

    def _give_roles(self, user: AbstractBaseUser, sociallogin: SocialLogin) -> None:
        extra = sociallogin.account.extra_data
        claims = {**extra.get("id_token", {}), **extra.get("userinfo", {}), **extra}
        services.set_roles_from_groups(
            user=user,
            groups=claims.get(settings.OIDC_GROUPS_CLAIM, []),
            mapping=settings.OIDC_GROUPS,
        )
