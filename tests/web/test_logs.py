"""What the log says, and above all what it does not say: nothing that tells who somebody is."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import structlog
from django.test import Client

from tests.web.conftest import PASSWORD
from vliegwiel.apps.regions.models import User
from vliegwiel.science.ijw import Person
from vliegwiel.web.logging import json_formatter

pytestmark = pytest.mark.django_db

NAMES = ("anna", "smit", "gemeente.example", "jannie", "de vries")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged at any level, in the form in which it would be written."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(json_formatter())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    quiet = logging.getLogger("django.request")
    quiet_before = quiet.level
    quiet.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(before)
    quiet.setLevel(quiet_before)


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def only(log: io.StringIO, event: str) -> dict[str, Any]:
    found = [line for line in lines(log) if line["event"] == event]
    assert len(found) == 1, found
    return found[0]


def assert_nobody(log: io.StringIO, *more: str) -> None:
    text = log.getvalue().lower()
    assert text
    for word in (*NAMES, PASSWORD, *more):
        assert word.lower() not in text


@pytest.fixture
def visitor() -> Client:
    """Somebody whose address and browser could be recognised."""
    return Client(
        REMOTE_ADDR="203.0.113.77",
        headers={
            "user-agent": "Jannies telephone",
            "referer": "http://testserver/?who=jannie",
            "x-forwarded-for": "2001:db8::17",
        },
        raise_request_exception=False,
    )


OF_VISITOR = ("203.0.113.77", "2001:db8", "telephone")


def test_logging_in_leaves_a_number_and_no_name(
    log: io.StringIO, visitor: Client, log_in: Callable[[Client], Client], analyst: User
) -> None:
    log_in(visitor)
    key = visitor.session.session_key
    assert key
    visitor.get("/proof/ijsselland/write?q=jannie+de+vries")
    line = next(line for line in lines(log) if line.get("route", "").startswith("/proof"))
    assert (line["method"], line["status"], line["user_id"]) == ("GET", 200, analyst.pk)
    assert (line["route"], line["region"]) == ("/proof/<slug:region_slug>/write", "JZ10")
    assert_nobody(log, *OF_VISITOR, key)


def test_failing_to_log_in_leaves_neither_name_nor_address(
    log: io.StringIO, visitor: Client, analyst: User
) -> None:
    visitor.post("/account/login/", {"login": analyst.email, "password": "letmein-jannie"})
    assert only(log, "login refused")["level"] == "warning"
    assert_nobody(log, *OF_VISITOR, "letmein")


def test_a_fault_tells_where_and_what_kind_not_about_whom(
    log: io.StringIO, visitor: Client, log_in: Callable[[Client], Client]
) -> None:
    log_in(visitor)
    key = visitor.session.session_key
    assert key
    assert visitor.get("/proof/break?name=jannie").status_code == 500
    faults = [line for line in lines(log) if line.get("error") == "RuntimeError"]
    assert len(faults) == 1
    assert any("break_down" in place for place in faults[0]["where"])
    assert_nobody(log, *OF_VISITOR, key)


def test_refusals_of_django_itself_keep_what_was_refused_out(
    log: io.StringIO, visitor: Client, analyst: User
) -> None:
    assert visitor.get("/jannie-de-vries@gemeente.example").status_code == 404
    assert visitor.get("/proof/suspect").status_code == 400
    assert visitor.get("/", headers={"host": "jannie.example"}).status_code == 400
    strict = Client(enforce_csrf_checks=True, REMOTE_ADDR="203.0.113.77")
    assert strict.post("/account/login/", {"login": analyst.email}).status_code == 403
    assert_nobody(log, *OF_VISITOR)
    routes = [line["route"] for line in lines(log) if line["event"] == "request"]
    assert routes[0] == "(no such page)"


def test_links_with_a_secret_are_logged_by_their_pattern(log: io.StringIO, visitor: Client) -> None:
    visitor.get("/account/2fa/recovery-codes/?secret=Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4")
    assert only(log, "request")["route"] == "/account/2fa/recovery-codes/"
    assert_nobody(log, "Zm9v")


def test_lines_of_one_request_share_the_number_that_the_browser_gets(
    log: io.StringIO, visitor: Client
) -> None:
    answer = visitor.get("/proof/break")
    number = answer.headers["X-Request-ID"]
    ours = [line for line in lines(log) if line.get("request_id") == number]
    assert {line["logger"] for line in ours} >= {"django.request", "vliegwiel.web.requests"}
    assert visitor.get("/proof/break").headers["X-Request-ID"] != number


@pytest.mark.parametrize("given", ["jannie@gemeente.example", "x" * 500, "../..", ""])
def test_a_number_from_outside_is_only_taken_when_it_is_one(
    log: io.StringIO, visitor: Client, settings: Any, given: str
) -> None:
    settings.BEHIND_PROXY = True
    assert (
        len(visitor.get("/healthz", headers={"x-request-id": given}).headers["X-Request-ID"]) == 36
    )
    real = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
    assert visitor.get("/healthz", headers={"x-request-id": real}).headers["X-Request-ID"] == real
    settings.BEHIND_PROXY = False
    assert visitor.get("/healthz", headers={"x-request-id": real}).headers["X-Request-ID"] != real


def test_watching_machines_and_files_leave_no_lines(log: io.StringIO, visitor: Client) -> None:
    visitor.get("/healthz")
    visitor.get("/static/dist/none.css")
    assert [line for line in lines(log) if line["event"] == "request"] == []


@pytest.mark.parametrize(
    ("message", "values"),
    [
        ("user %s logged in", ("jannie de vries",)),
        ("mail to %(who)s", ({"who": "jannie@gemeente.example"},)),
        ("client 203.0.113.77 asked", ()),
        ("client 2001:db8:0:1:1:1:1:1 asked", ()),
        ("for jannie.de-vries@gemeente.example", ()),
        ("GET /x?name=jannie done", ()),
        ("bsn 123456782 seen", ()),
        ("session q3v1x9k2m4p7t8w0z5y6a1b2c3d4e5f6 ended", ()),
    ],
)
def test_whatever_a_library_writes_is_cleaned(
    log: io.StringIO, message: str, values: tuple[Any, ...]
) -> None:
    logging.getLogger("some.library").warning(message, *values, extra={"email": "jannie@x.example"})
    assert_nobody(log, "203.0.113.77", "2001:db8", "123456782", "q3v1x9k2")


def test_numbers_in_a_message_stay(log: io.StringIO) -> None:
    logging.getLogger("some.library").warning("run %s of %s failed after %d", 12, "jannie", 3)
    logging.getLogger("some.library").warning("run %(run)s of %(who)s", {"run": 7, "who": "anna"})
    assert [line["event"] for line in lines(log)] == [
        "run 12 of … failed after 3",
        "run 7 of …",
    ]


def test_our_own_lines_pass_known_keys_and_name_the_rest(log: io.StringIO) -> None:
    structlog.get_logger("vliegwiel.test").info(
        "run done", run_id=12, seconds=1.5, typed="jannie", person=object(), error="ValueError"
    )
    line = only(log, "run done")
    assert (line["run_id"], line["seconds"]) == (12, 1.5)
    assert line["left_out"] == ["person", "typed"]
    assert "jannie" not in log.getvalue()


def test_a_value_is_never_written_in_its_own_words(log: io.StringIO, analyst: User) -> None:
    structlog.get_logger("vliegwiel.test").info("changed", user_id=analyst, region=[analyst])
    line = only(log, "changed")
    assert (line["user_id"], line["region"]) == ("User", ["User"])
    assert_nobody(log)


def test_a_record_of_a_message_is_not_written_field_by_field(log: io.StringIO) -> None:
    youth = Person(youth="0123456789ab", birth_month=date(2012, 3, 1), sex="2")
    structlog.get_logger("vliegwiel.test").info("kept", piece=youth, code=[youth], count=(1, 2))
    line = only(log, "kept")
    assert (line["piece"], line["code"], line["count"]) == ("Person", ["Person"], [1, 2])
    assert "0123456789ab" not in log.getvalue()


def test_an_error_inside_a_task_keeps_its_words_to_itself(log: io.StringIO) -> None:
    try:
        raise ValueError("jannie de vries") from KeyError("anna smit")
    except ValueError:
        structlog.get_logger("vliegwiel.test").exception("task failed")
        logging.getLogger("some.library").exception("task failed too")
    assert only(log, "task failed")["error"] == "ValueError"
    assert only(log, "task failed too")["error"] == "ValueError"
    assert_nobody(log)
