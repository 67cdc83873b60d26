"""What every answer tells the browser: pages, files, faults, refusals."""

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.conftest import ROOT
from vliegwiel.apps.regions.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limits_used")]

TEMPLATES = ROOT / "src/vliegwiel/web/templates"
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = {
    "default-src": ["'self'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "frame-ancestors": ["'none'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
}


def assert_headers(answer: HttpResponse) -> None:
    for name, value in EVERYWHERE.items():
        assert answer.headers.get(name) == value, name
    policy = {
        part.split()[0]: part.split()[1:]
        for part in answer.headers["Content-Security-Policy"].split(";")
    }
    assert policy == POLICY
    features = answer.headers["Permissions-Policy"].split(", ")
    assert {"camera=()", "geolocation=()", "microphone=()", "payment=()"} <= set(features)
    assert len(answer.headers["X-Request-ID"]) == 36


@pytest.fixture
def careful() -> Client:
    """A browser that reports faults as a visitor sees them."""
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 200),
        ("/account/login/", 200),
        ("/no/such/page", 404),
        ("/proof/forbid", 403),
        ("/proof/suspect", 400),
        ("/proof/break", 500),
        ("/proof/lost", 503),
        ("/proof/ijsselland/write", 302),
        ("/healthz", 200),
        ("/static/no-such-file.css", 404),
    ],
)
def test_every_answer_carries_them(careful: Client, address: str, status: int) -> None:
    answer = careful.get(address)
    assert answer.status_code == status
    assert_headers(answer)


def test_a_refused_host_gets_them_too(careful: Client) -> None:
    answer = careful.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert_headers(answer)
    assert b"evil.example" not in answer.content


def test_a_refused_form_gets_them_too() -> None:
    answer = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "x"})
    assert answer.status_code == 403
    assert_headers(answer)


def test_files_carry_them_and_may_be_kept(careful: Client, tmp_path: Any, settings: Any) -> None:
    (tmp_path / "look.css").write_text("p { color: black }")
    settings.STATICFILES_DIRS = [tmp_path]
    answer = Client().get("/static/look.css")
    assert answer.status_code == 200
    assert_headers(answer)
    assert "max-age" in answer.headers["Cache-Control"]
    answer.close()


def test_pages_are_not_kept_by_anyone_between(client: Client) -> None:
    assert "private" in client.get("/").headers["Cache-Control"]
    assert "no-store" in client.get("/account/login/").headers["Cache-Control"]


def test_https_is_for_ever(settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    settings.SECURE_SSL_REDIRECT = True
    client = Client(raise_request_exception=False)
    for address in ("/", "/no/such/page", "/proof/break"):
        answer = client.get(address, secure=True)
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    answer = client.get("/account/login/")
    assert answer.headers["Location"] == "https://testserver/account/login/"


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(
    client: Client, log_in: Callable[[Client], Client]
) -> None:
    client.get("/account/login/")
    log_in(client).get("/proof/ijsselland/write")
    client.post("/language/setlang/", {"language": "en"})
    assert set(client.cookies) == {"session", "csrf", "language", "person"}
    for name, cookie in client.cookies.items():
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name


class _InlineFinder(HTMLParser):
    """What the policy would block: the page would look or work other than meant."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        if tag == "style":
            self.found.append("<style>")
        if tag == "script" and not names.get("src") and names.get("type") != "application/json":
            self.found.append("<script> without src")
        for name, value in attrs:
            if name == "style" or re.fullmatch(r"on[a-z]{3,}", name) or name == "hx-on":
                self.found.append(f"<{tag} {name}>")
            if name in {"href", "src", "action"} and (value or "").lower().startswith(
                "javascript:"
            ):
                self.found.append(f"<{tag} {name}=javascript:>")


def inline_in(html: str) -> list[str]:
    finder = _InlineFinder()
    finder.feed(html)
    return finder.found


@pytest.mark.parametrize(
    "html",
    [
        "<style>p{}</style>",
        "<script>x()</script>",
        '<p style="color:red">',
        '<a onclick="x()">',
        '<a href="JavaScript:x()">',
        '<svg><g style="fill:red"/></svg>',
    ],
)
def test_the_finder_finds(html: str) -> None:
    assert len(inline_in(html)) == 1


def test_no_template_holds_inline_script_or_style() -> None:
    templates = sorted(TEMPLATES.rglob("*.html"))
    assert len(templates) > 10
    wrong = {
        str(path.relative_to(TEMPLATES)): found
        for path in templates
        if (found := inline_in(path.read_text(encoding="utf-8")))
    }
    assert wrong == {}


def _simple_addresses(resolver: URLResolver, start: str = "/") -> Iterator[str]:
    """Addresses of the site that need no more than a region."""
    for part in resolver.url_patterns:
        address = start + str(part.pattern).replace("<slug:region_slug>", "ijsselland")
        if isinstance(part, URLResolver):
            yield from _simple_addresses(part, address)
        elif isinstance(part, URLPattern) and not re.search(r"[<^(\\]", address):
            yield address


def test_no_page_that_is_served_holds_inline_script_or_style(
    log_in: Callable[[Client], Client], analyst: AbstractBaseUser
) -> None:
    User.objects.update(is_staff=True, is_superuser=True)
    client = log_in(Client(raise_request_exception=False))
    seen = 0
    wrong: dict[str, list[str]] = {}
    for address in sorted(set(_simple_addresses(get_resolver("vliegwiel.web.urls")))):
        if address.endswith("logout/"):
            continue
        answer = client.get(address)
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        seen += 1
        assert_headers(answer)
        if found := inline_in(answer.content.decode()):
            wrong[address] = found
    assert seen > 10
    assert wrong == {}
