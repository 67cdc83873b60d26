"""What allauth asks us: nobody signs up by himself; an organisation's groups become roles."""

import base64
import secrets
from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthError, Provider
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from structlog import get_logger

from vliegwiel.apps.regions import queries, services

from . import mails

logger = get_logger("vliegwiel.web.login")


class AccountAdapter(DefaultAccountAdapter):
    # In our own words: the library addresses people less formally than the rest of the site.
    error_messages: ClassVar[Mapping[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": gettext_lazy(
            "This e-mail address and password do not belong together."
        ),
        "enter_current_password": gettext_lazy("Type your password of now."),
        "incorrect_password": gettext_lazy("This is not your password."),
        "too_many_login_attempts": gettext_lazy(
            "This went wrong too often. Wait some minutes and try again."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_password_reset_mail(
        self, user: AbstractBaseUser, email: str, context: dict[str, Any]
    ) -> None:
        mails.ask_for_new_password_link(
            user_id=user.pk,
            language=get_language() or settings.LANGUAGE_CODE,
            site=self.request.build_absolute_uri("/").rstrip("/"),
        )

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        logger.warning("login refused")


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps the secrets of second factors unreadable for who reads the database only."""

    error_messages: ClassVar[Mapping[str, str | Promise]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy(
            "This code is not right. Type the code that the app shows now."
        ),
    }

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _fernet().decrypt(encrypted_text.encode()).decode()


def _fernet() -> MultiFernet:
    """Writes with the present key; still reads what a former one wrote."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(secret: str) -> bytes:
    digest = salted_hmac("second factor", "key", secret=secret, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Staff of the organisation come in; without a listed group they see no region."""
        return bool(settings.OIDC_ISSUER)

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        sent_with = sociallogin.state.get("nonce") or ""
        if not secrets.compare_digest(str(sociallogin.nonce), sent_with):
            raise PermissionDenied("the token was not made for this login")
        if sociallogin.state.get("process") != "login":
            raise PermissionDenied("accounts are not joined by hand")
        if sociallogin.is_existing:
            self._bring_up_to_date(sociallogin.user, sociallogin)
        else:
            _refuse_without_own_address(request, sociallogin.user.email)

    def populate_user(
        self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]
    ) -> AbstractBaseUser:
        user: AbstractBaseUser = super().populate_user(request, sociallogin, data)
        user.email = user.email.lower()  # type: ignore[attr-defined]
        user.name = (data.get("name") or "")[:120]  # type: ignore[attr-defined]
        sociallogin.told_name = user.name  # type: ignore[attr-defined]
        return user

    def save_user(
        self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None
    ) -> AbstractBaseUser:
        user: AbstractBaseUser = super().save_user(request, sociallogin, form)
        self._bring_up_to_date(user, sociallogin)
        return user

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Provider,
        error: AuthError = AuthError.UNKNOWN,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        # Only our own words say which check failed; of others the type is enough.
        logger.warning("login at the organisation refused", exc_info=exception)

    def _bring_up_to_date(self, user: AbstractBaseUser, sociallogin: SocialLogin) -> None:
        services.follow_organisation(
            user=user,
            name=sociallogin.told_name,
            groups=_names(sociallogin.groups),
            mapping=settings.OIDC_GROUPS,
        )


def _names(claim: object) -> list[str]:
    """The groups in a claim: a list, or a single name as some issuers send it."""
    claimed = claim if isinstance(claim, list) else [claim]
    return [name for name in claimed if isinstance(name, str)]


def _refuse_without_own_address(request: HttpRequest, email: str) -> None:
    """A new person needs an address, and not one with which somebody here logs in already.

    Joining the two by address would let who manages addresses at the organisation take over the
    account of an administrator.
    """
    if not email:
        text = _("Your organisation did not tell us your e-mail address. Ask its service desk.")
    elif queries.user_by_email(email) is not None:
        text = _(
            "There is an account here already that logs in with your e-mail address and a "
            "password. Log in that way, or ask your administrator to remove that account."
        )
    else:
        return
    messages.error(request, text)
    raise ImmediateHttpResponse(redirect("account_login"))
