"""What a watching machine hears, with a real database that is away, behind, or fine."""

from typing import Any

import pytest
from django.db import connection, connections
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from vliegwiel import __version__


@pytest.fixture
def no_database(django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Points this thread at a port where nothing answers; gives the real connection back after."""
    real = connections["default"]
    away = real.copy()
    away.settings_dict = {**real.settings_dict, "HOST": "127.0.0.1", "PORT": "9"}
    connections["default"] = away
    with django_db_blocker.unblock():
        yield
    connections["default"] = real


@pytest.mark.django_db
def test_all_is_well(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "migrations_to_apply": 0, "worker": "silent"}
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_rows_are_expected_in_memory_behind_a_pooler_too() -> None:
    # A pooler refuses options with which a connection is made.
    assert "options" not in connection.get_connection_params()
    with connection.cursor() as cursor:
        cursor.execute("SHOW random_page_cost")
        assert cursor.fetchone() == ("1.1",)


def test_being_alive_needs_no_database(client: Client, no_database: None) -> None:
    # A cookie of a session would make any page ask the database.
    client.cookies["session"] = "q3v1x9k2m4p7t8w0z5y6a1b2c3d4e5f6"
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "version": __version__})


def test_a_database_that_is_away_is_told_and_nothing_more(
    client: Client, no_database: None
) -> None:
    client.cookies["session"] = "q3v1x9k2m4p7t8w0z5y6a1b2c3d4e5f6"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"status": "no database"})


@pytest.mark.django_db
def test_a_database_that_is_behind_is_told(client: Client) -> None:
    MigrationRecorder(connection).migration_qs.filter(app="regions").delete()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    body = answer.json()
    assert body["status"] == "behind"
    assert body["migrations_to_apply"] >= 1


@pytest.mark.django_db
def test_a_worker_that_is_heard_of_is_told(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    assert client.get("/readyz").json()["worker"] == "ok"
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'"
        )
    assert client.get("/readyz").json()["worker"] == "silent"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_it_answers_by_address_and_without_https(
    client: Client, settings: Any, address: str
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["vliegwiel.example.nl"]
    answer = client.get(address, headers={"host": "10.0.0.7:8000"})
    assert answer.status_code == 200
    assert client.get("/", headers={"host": "10.0.0.7:8000"}).status_code == 400


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_it_only_answers_to_asking(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


def test_a_page_without_a_database_says_that_trying_again_helps(no_database: None) -> None:
    client = Client(raise_request_exception=False)
    client.cookies["session"] = "q3v1x9k2m4p7t8w0z5y6a1b2c3d4e5f6"
    answer = client.get("/proof/ijsselland/write")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    program = client.get("/api/v1/regions")
    assert program.status_code == 503
    assert program.headers["Content-Type"] == "application/problem+json"
    assert program.json()["status"] == 503
