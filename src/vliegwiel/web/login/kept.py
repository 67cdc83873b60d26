"""What somebody typed when his session had ended is kept until he has logged in again.

A form that is sent without a session ends at the login page. What was typed waits meanwhile in the
session of that browser, for half an hour, and is shown again in the same form to the same person.
It is never saved by itself: who typed it presses the button once more.
"""

import time
from collections.abc import Callable

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import Resolver404, resolve
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

SESSION_KEY = "kept_typed"
KEPT_SECONDS = 30 * 60
# A scenario or an insight is some thousands of characters.
LARGEST = 64 * 1024
# Outlives the session by a day, and tells nothing but "the same person as before".
PERSON_COOKIE = "person"
PERSON_SECONDS = 24 * 3600 + settings.SESSION_COOKIE_AGE


def to_login(request: HttpRequest, *, keep: bool) -> HttpResponse:
    """Sends a visitor to the login page, and afterwards back to where he was.

    With `keep`, for a form that is sent to its own address, what was typed is kept.
    """
    back = request.get_full_path()
    if request.method not in ("GET", "HEAD"):
        back = request.path if keep else _page_before(request)
        if keep:
            _keep(request)
    if request.headers.get("HX-Request") == "true":
        # A fragment cannot hold the login page: the whole page goes there.
        answer = redirect_to_login(_page_before(request), settings.LOGIN_URL)
        return HttpResponse(headers={"HX-Redirect": answer.headers["Location"]})
    return redirect_to_login(back, settings.LOGIN_URL)


def typed(request: HttpRequest) -> QueryDict | None:
    """What a form is to show: what is sent now, what was kept from before the login, or nothing.

    A view makes its form with it and saves only when the method is POST.
    """
    if request.method == "POST":
        return request.POST
    kept = request.session.get(SESSION_KEY)
    if kept is None or kept["path"] != request.path:
        return None
    del request.session[SESSION_KEY]
    if kept["until"] < time.time() or not _same_person(kept["person"], request):
        return None
    messages.info(
        request,
        _(
            "Your session had ended. What you had typed is still here, and has not been saved yet: "
            "check it and send it again."
        ),
    )
    return QueryDict(kept["typed"])


class RememberPerson:
    """Leaves a cookie by which a returning person is known from another on the same computer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Asking for the user would read the session of who only fetches a public page.
        user = getattr(request, "_cached_user", None)
        if user is None or not user.is_authenticated:
            return response
        mark = _mark(user.pk)
        if request.COOKIES.get(PERSON_COOKIE) != mark:
            response.set_cookie(
                PERSON_COOKIE,
                mark,
                max_age=PERSON_SECONDS,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response


def _keep(request: HttpRequest) -> None:
    person = request.COOKIES.get(PERSON_COOKIE)
    text = request.POST.copy()
    text.pop("csrfmiddlewaretoken", None)
    body = text.urlencode()
    if person is None or len(body) > LARGEST:
        return
    if ratelimit.consume(request, action="keep_typed"):
        request.session[SESSION_KEY] = {
            "path": request.path,
            "typed": body,
            "person": person,
            "until": time.time() + KEPT_SECONDS,
        }


def _same_person(mark: str, request: HttpRequest) -> bool:
    return request.user.is_authenticated and constant_time_compare(mark, _mark(request.user.pk))


def _mark(user_pk: int) -> str:
    return salted_hmac("the same person", str(user_pk), algorithm="sha256").hexdigest()


def _page_before(request: HttpRequest) -> str:
    """The page of ours from which this was sent: an action has no page to come back to."""
    before = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    if not url_has_allowed_host_and_scheme(before, {request.get_host()}, request.is_secure()):
        return "/"
    path = "/" + before.split("://", 1)[-1].partition("/")[2] if "://" in before else before
    try:
        resolve(path.partition("?")[0])
    except Resolver404:
        return "/"
    return path
