"""Looks at a running site as a visitor would: logs in and reads the pages that matter."""

import http.cookiejar
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass

from .language import gettext as _
from .processes import Children

# Page, and something that stands there only when the page has its data.
PAGES = (
    ("/healthz", '"ok"'),
    ("/readyz", '"worker": "ok"'),
    ("/", "Vliegwiel"),
    ("/regio/ijsselland/", "IJsselland"),
    ("/regio/ijsselland/zien/", "145.420"),
    ("/regio/twente/zien/wachttijden/", "Twente"),
    ("/regio/ijsselland/aanbod/", "Verzonnen aanbieder"),
    ("/regio/ijsselland/begrijpen/", "Bewust in zorg komen"),
    ("/regio/ijsselland/begrijpen/kaart/", "<svg"),
    ("/regio/ijsselland/instrumenten/", "Volwassenheid"),
    ("/regio/ijsselland/verkennen/", "scenario"),
)


class PageError(Exception):
    """A page did not answer, or not with what belongs on it."""


@dataclass(frozen=True, slots=True)
class CheckedPage:
    path: str
    status: int
    size: int


def wait_until_ready(url: str, children: Children, seconds: float = 60.0) -> None:
    """Returns when the site and the worker say that they can do their work."""
    deadline = time.monotonic() + seconds
    answer = "nothing"
    while time.monotonic() < deadline:
        ended = children.stopped()
        if ended is not None:
            raise PageError(
                _("%(name)s stopped while starting (status %(status)d)")
                % {"name": ended[0], "status": ended[1]}
            )
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=5) as response:  # noqa: S310
                answer = response.read().decode("utf-8")
            if '"worker": "ok"' in answer:
                return
        except (urllib.error.URLError, OSError) as error:
            answer = str(error)
        time.sleep(0.2)
    raise PageError(
        _("not ready after %(seconds)d s; the last answer was %(answer)s")
        % {"seconds": seconds, "answer": answer}
    )


def check_site(url: str, email: str, password: str) -> list[CheckedPage]:
    """Logs in as `email` and reads PAGES; raises PageError at the first that is not in order."""
    visitor = urllib.request.build_opener(
        urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    )
    _log_in(visitor, url, email, password)
    checked = []
    for path, expected in PAGES:
        status, text = _read(visitor, url + path)
        if expected not in text:
            raise PageError(
                _("%(page)s does not show “%(text)s”") % {"page": path, "text": expected}
            )
        checked.append(CheckedPage(path, status, len(text.encode("utf-8"))))
    return checked


def _log_in(visitor: urllib.request.OpenerDirector, url: str, email: str, password: str) -> None:
    _code, page = _read(visitor, f"{url}/account/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if token is None:
        raise PageError(_("the login page has no form"))
    fields = {"login": email, "password": password, "csrfmiddlewaretoken": token[1]}
    _code, page = _read(visitor, f"{url}/account/login/", urllib.parse.urlencode(fields).encode())
    if 'name="password"' in page:
        raise PageError(_("%(email)s cannot log in") % {"email": email})


def _read(
    visitor: urllib.request.OpenerDirector, url: str, data: bytes | None = None
) -> tuple[int, str]:
    try:
        with visitor.open(url, data=data, timeout=30) as response:
            return response.status, response.read().decode("utf-8")
    except urllib.error.HTTPError as error:
        raise PageError(
            _("%(page)s answers %(status)d") % {"page": url, "status": error.code}
        ) from error
    except OSError as error:
        raise PageError(
            _("%(page)s does not answer: %(error)s") % {"page": url, "error": error}
        ) from error
