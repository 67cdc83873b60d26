"""`vliegwiel backup` and `vliegwiel restore`: whole, the same again, or nothing."""

import json
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from typer.testing import CliRunner, Result

from tests.apps.intake import messages
from tests.apps.intake.everything import stored
from vliegwiel.apps.intake import services
from vliegwiel.apps.regions.models import Municipality, Region
from vliegwiel.apps.regions.services import RegionFacts, load_regions, system_user
from vliegwiel.cli import restoring
from vliegwiel.cli.backup_file import (
    MANIFEST,
    BackupError,
    BackupReader,
    BackupWriter,
    Manifest,
)
from vliegwiel.cli.main import app


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments)])


def untold(_done: int, _total: int) -> None:
    """Nobody looks how far it is."""


def without_logins(rows: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    return {name: found for name, found in rows.items() if name != "django_session"}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A backup of one table."""
    path = tmp_path / "small.zip"
    with BackupWriter(path) as writer:
        writer.table("shelf", ["id", "name"], [b"1\tone\n", b"2\ttwo\n3\tthr", b"ee\n"])
        writer.finish(Manifest("0.1.0", "2026-11-22T08:00:00+00:00", {}, {}, writer.tables))
    return path


def rewritten(path: Path, **changed: object) -> Path:
    """The same file with another text in some of its members."""
    with zipfile.ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    for name, new in changed.items():
        place = MANIFEST if name == "manifest" else f"tables/{name}.copy"
        old = content[place]
        content[place] = json.dumps({**json.loads(old), **new}).encode() if (
            isinstance(new, dict)
        ) else bytes(str(new), "ascii")  # fmt: skip
    other = path.with_name("other.zip")
    with zipfile.ZipFile(other, "w") as archive:
        for place, text in content.items():
            archive.writestr(place, text)
    return other


def test_a_backup_tells_its_rows_and_only_its_owner_reads_it(small: Path) -> None:
    with BackupReader(small) as found:
        found.check(untold)
        (table,) = found.manifest.tables
        assert (table.rows, b"".join(found.parts(table))) == (3, b"1\tone\n2\ttwo\n3\tthree\n")
    assert small.stat().st_mode & 0o777 == 0o600
    assert list(small.parent.iterdir()) == [small]


def test_a_table_that_was_changed_is_noticed(small: Path) -> None:
    with BackupReader(rewritten(small, shelf="1\tone\n2\ttwo\n3\tfour\n")) as found, pytest.raises(
        BackupError, match="shelf"
    ):  # fmt: skip
        found.check(untold)


def test_a_file_that_was_cut_off_is_none(small: Path) -> None:
    small.write_bytes(small.read_bytes()[:-40])
    with pytest.raises(BackupError, match=r"small\.zip"):
        BackupReader(small)


def test_a_form_of_later_is_refused_with_its_version(small: Path) -> None:
    with pytest.raises(BackupError, match=r"7\.0"):
        BackupReader(rewritten(small, manifest={"format_version": 2, "version": "7.0"}))


def test_a_backup_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def away() -> Iterator[bytes]:
        yield b"1\n"
        raise OSError

    with pytest.raises(OSError), BackupWriter(tmp_path / "half.zip") as writer:  # noqa: PT011
        writer.table("shelf", ["id"], away())
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("as_if_alone", "transactional_db")
def test_what_is_put_back_is_what_there_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VLIEGWIEL_LANGUAGE", "en")
    facts = RegionFacts("JZ07", "IJsselland", [("0193", "Zwolle")], date(2023, 1, 1))
    load_regions(regions=[facts], by=system_user())
    region = Region.objects.get(code="JZ07")
    every = messages.files(messages.one_of_each())
    services.deliver(region=region, files=every, by=system_user())
    cache.clear()  # what other tests left; it does not go into a file
    before, file = without_logins(stored()), tmp_path / "all.zip"
    made = run("backup", file)
    assert made.exit_code == 0, made.stderr
    assert messages.BSN.encode() not in file.read_bytes()
    again = run("backup", file)
    assert (again.exit_code, again.stderr) == (2, f"{file} is there already.\n")

    Municipality.objects.create(code="9999", name="Later")
    changed = without_logins(stored())
    for name, why in ((file, "--replace"), (newer(file), "newer version")):
        refused = run("restore", name, *([] if name == file else ["--replace"]))
        assert refused.exit_code == 2
        assert why in refused.stderr
        assert "Nothing has changed." in refused.stderr
        assert without_logins(stored()) == changed

    # Numbers are given out again, so what was kept under one must go.
    cache.set("result of 7", "of another")
    done = run("restore", file, "--replace")
    assert done.exit_code == 0, done.stderr
    assert without_logins(stored()) == before
    assert cache.get("result of 7") is None
    # Numbers go on where they were, and rules of the database hold again.
    assert Municipality.objects.create(code="9999", name="Later").pk
    assert services.deliver(region=region, files=every, by=system_user()).was_new is False


def newer(file: Path) -> Path:
    """The same backup with a migration that nobody here has."""
    with BackupReader(file) as found:
        had = {**found.manifest.migrations, "regions": ["0001_initial", "0099_later"]}
    return rewritten(file, manifest={"migrations": had})


@pytest.mark.parametrize(
    "changed",
    [{"tables": 3}, {"tables": [3]}, {"migrations": ["regions"]}, {"migrations": {"regions": "no"}},
     {"sequences": {"shelf": [1]}}],
)  # fmt: skip
def test_a_manifest_of_other_types_is_called_damaged(
    small: Path, changed: dict[str, object]
) -> None:
    with pytest.raises(BackupError, match="lijst van tabellen"):
        BackupReader(rewritten(small, manifest=changed))


def test_a_table_that_cannot_be_unpacked_is_called_damaged(small: Path) -> None:
    content = bytearray(small.read_bytes())
    # After the fixed part of its header (30), its name (17) and sizes (20): what was compressed.
    assert content[30:47] == b"tables/shelf.copy"
    content[67:75] = b"\xff" * 8
    small.write_bytes(content)
    with BackupReader(small) as found, pytest.raises(BackupError, match="shelf"):
        found.check(untold)


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("statement", ["CREATE TABLE orders ()", "CREATE VIEW orders AS SELECT 1"])
def test_what_is_of_others_is_never_replaced(small: Path, statement: str) -> None:
    with connection.cursor() as cursor, BackupReader(small) as found:
        cursor.execute(statement)
        for replace in (False, True):
            with pytest.raises(BackupError, match=r": orders\. "):
                restoring.restore(found, replace=replace, report=untold)


@pytest.fixture
def elsewhere(db: None, monkeypatch: pytest.MonkeyPatch, small: Path) -> Iterator[BackupReader]:
    """A backup to come in the place of a schema with one table, with as little work as may be."""

    def make_tables(_manifest: Manifest) -> None:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE regions_region (id serial)")

    monkeypatch.setattr(restoring, "_make_tables", make_tables)
    for name in ("_fill", "call_command"):
        monkeypatch.setattr(restoring, name, lambda *_given, **_named: None)
    monkeypatch.setattr(restoring, "_PATIENCE", "20ms")
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA elsewhere")
        cursor.execute("SET LOCAL search_path TO elsewhere")
        cursor.execute("CREATE TABLE regions_region (id serial)")
        cursor.execute(
            "CREATE TABLE django_migrations AS "
            "SELECT 1 id, 'regions' app, 'later' name, now() applied"
        )
    with BackupReader(small) as found:
        yield found


def test_tables_of_another_application_are_not_ours_by_their_names(
    elsewhere: BackupReader,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_migrations SET app = 'shop'")
    with pytest.raises(BackupError, match="regions_region"):
        restoring.restore(elsewhere, replace=True, report=untold)


def test_rights_given_to_others_are_given_again(elsewhere: BackupReader) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE report_reader")
        cursor.execute("GRANT SELECT ON regions_region TO report_reader WITH GRANT OPTION")
        restoring.restore(elsewhere, replace=True, report=untold)
        cursor.execute(
            "SELECT to_regclass('elsewhere.django_migrations') IS NULL, has_table_privilege("
            "'report_reader', 'elsewhere.regions_region', 'SELECT WITH GRANT OPTION')"
        )
        assert cursor.fetchone() == (True, True)


@pytest.mark.parametrize(
    ("code", "why"),
    [("55P03", "in gebruik"), ("42501", "mag dit niet"), ("53100", "vol"), ("08006", "verbroken")],
)
def test_no_copy_is_left_behind_and_the_cause_is_told(
    elsewhere: BackupReader, monkeypatch: pytest.MonkeyPatch, code: str, why: str
) -> None:
    def fails(*_given: object) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DO $$BEGIN RAISE SQLSTATE '{code}'; END$$")

    monkeypatch.setattr(restoring, "take_the_place", fails)
    with pytest.raises(BackupError, match=why):
        restoring.restore(elsewhere, replace=True, report=untold)
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regnamespace('vliegwiel_restoring') IS NULL")
        assert cursor.fetchone() == (True,)
