"""The one mail that this site sends: where somebody chooses a new password.

It is sent in the background. A page that sent it itself would answer later for an address that has
an account than for one that has none, and so tell who has one.
"""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from vliegwiel.apps.regions import queries

TASK = "vliegwiel.web.send_new_password_link"
QUEUE = "mail"


def ask_for_new_password_link(*, user_id: int, language: str, site: str) -> None:
    """Has the mail sent by a worker, once however often it is asked for meanwhile.

    What waits in the queue holds no address and no link: the link is made when it is sent.
    """
    task = app.configure_task(TASK, queue=QUEUE, queueing_lock=f"new-password-{user_id}")
    try:
        with transaction.atomic():
            task.defer(user_id=user_id, language=language, site=site)
    except AlreadyEnqueued:
        return


def send_new_password_link(*, user_id: int, language: str, site: str) -> None:
    """Mails a link that works once, for settings.PASSWORD_RESET_TIMEOUT seconds.

    Who logs in through an organisation has no password here and hears that instead. Nothing is
    sent to an account that has been closed meanwhile.
    """
    user = queries.active_user(user_id)
    if user is None:
        return
    with translation.override(language):
        context = {
            "name": user.name,
            "site": site,
            "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
            "link": f"{site}{_path(user)}" if user.has_usable_password() else "",
        }
        send_mail(
            subject=render_to_string("account/email/new_password_subject.txt", context).strip(),
            message=render_to_string("account/email/new_password_message.txt", context),
            from_email=None,
            recipient_list=[user.email],
        )


def _path(user: AbstractBaseUser) -> str:
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    path: str = reverse("account_reset_password_from_key", kwargs=key)
    return path
