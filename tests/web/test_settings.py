"""What the environment decides: strict unless told otherwise, and every fault told at once."""

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

SETTINGS = ROOT / "src/vliegwiel/web/settings"
PAGE = ROOT / "docs/developers/settings.md"
GOOD = {
    "VLIEGWIEL_SECRET_KEY": "".join(chr(97 + (number * 7) % 26) for number in range(60)),
    "VLIEGWIEL_ALLOWED_HOSTS": "vliegwiel.example.nl",
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none",
}


def run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Python in a process of its own, with nothing in the environment but what is given."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**kept, "PYTHONPATH": str(ROOT / "src"), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def settings_in(**environment: str) -> dict[str, Any]:
    names = (
        "SECRET_KEY MFA_REQUIRED SECURE_SSL_REDIRECT SESSION_COOKIE_SECURE SESSION_COOKIE_NAME "
        "CSRF_COOKIE_SECURE CSRF_COOKIE_NAME DEBUG SHOW_DEMO_LOGINS MAIL_ENABLED "
        "ALLAUTH_TRUSTED_PROXY_COUNT SECURE_PROXY_SSL_HEADER CONTENT_SECURITY_POLICY ALLOWED_HOSTS"
    )
    code = (
        "import json; from vliegwiel.web import settings as s; "
        f"print(json.dumps({{n: getattr(s, n) for n in '{names}'.split()}}))"
    )
    done = run(code, **environment)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def faults_in(**environment: str) -> list[str]:
    done = run(
        "from django.core.exceptions import ImproperlyConfigured\n"
        "try:\n    import vliegwiel.web.settings\n"
        "except ImproperlyConfigured as error:\n    print(error)",
        **environment,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_saying_nothing_is_production_and_names_all_that_is_missing() -> None:
    faults = faults_in()
    assert len(faults) == 2
    assert faults[0].startswith("VLIEGWIEL_SECRET_KEY is not set. Make one with: python -c")
    assert faults[1].startswith("VLIEGWIEL_ALLOWED_HOSTS is not set.")


@pytest.mark.parametrize(
    ("environment", "fault"),
    [
        ({"VLIEGWIEL_MODE": "debug"}, "VLIEGWIEL_MODE is 'debug'"),
        ({"VLIEGWIEL_SECRET_KEY": "short"}, "VLIEGWIEL_SECRET_KEY is too short"),
        ({"VLIEGWIEL_OIDC_ISSUER": "http://x.example"}, "must begin with https://"),
        ({"VLIEGWIEL_OIDC_ISSUER": "https://x.example"}, "VLIEGWIEL_OIDC_CLIENT_ID and"),
        ({"VLIEGWIEL_OIDC_GROUPS": '["a"]'}, "VLIEGWIEL_OIDC_GROUPS must look like"),
        ({"VLIEGWIEL_OIDC_GROUPS": '{"a": "JZ10"}'}, "VLIEGWIEL_OIDC_GROUPS must look like"),
        ({"VLIEGWIEL_OIDC_GROUPS": "{"}, "VLIEGWIEL_OIDC_GROUPS"),
        ({"VLIEGWIEL_HTTPS_ONLY": "perhaps"}, "VLIEGWIEL_HTTPS_ONLY"),
        ({"VLIEGWIEL_WORKER_SILENCE_SECONDS": "soon"}, "VLIEGWIEL_WORKER_SILENCE_SECONDS"),
        ({"DATABASE_URL": "what"}, "DATABASE_URL"),
        ({"VLIEGWIEL_MAIL_URL": "mail.example.nl"}, "VLIEGWIEL_MAIL_URL must begin with"),
        ({"VLIEGWIEL_MAIL_URL": "pigeon://a.nl"}, "VLIEGWIEL_MAIL_URL must begin with"),
    ],
)
def test_a_wrong_value_is_named(environment: dict[str, str], fault: str) -> None:
    faults = faults_in(**{**GOOD, **environment})
    assert any(fault in line for line in faults), faults


def test_production_is_strict() -> None:
    found = settings_in(**GOOD)
    assert found["MFA_REQUIRED"]
    assert found["SECURE_SSL_REDIRECT"]
    assert found["SESSION_COOKIE_SECURE"]
    assert found["CSRF_COOKIE_SECURE"]
    assert (found["SESSION_COOKIE_NAME"], found["CSRF_COOKIE_NAME"]) == (
        "__Host-session",
        "__Host-csrf",
    )
    assert not found["DEBUG"]
    assert not found["SHOW_DEMO_LOGINS"]
    assert found["ALLOWED_HOSTS"] == ["vliegwiel.example.nl"]
    assert found["SECURE_PROXY_SSL_HEADER"] is None


def test_nothing_from_a_proxy_is_believed_unless_there_is_one() -> None:
    assert settings_in(**GOOD)["ALLAUTH_TRUSTED_PROXY_COUNT"] == 0
    behind = settings_in(**GOOD, VLIEGWIEL_BEHIND_PROXY="yes")
    assert behind["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1
    assert behind["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


def test_a_form_may_lead_to_the_organisations_login_and_nowhere_else() -> None:
    issuer = {
        "VLIEGWIEL_OIDC_ISSUER": "https://login.example.nl/tenant/v2/",
        "VLIEGWIEL_OIDC_CLIENT_ID": "x",
        "VLIEGWIEL_OIDC_CLIENT_SECRET": "y",
        "VLIEGWIEL_OIDC_FORM_ORIGINS": "https://sso.example.nl",
    }
    own = settings_in(**GOOD)["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["form-action"]
    assert own == ["'self'"]
    both = settings_in(**GOOD, **issuer)["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["form-action"]
    assert both == ["'self'", "https://login.example.nl", "https://sso.example.nl"]


def test_mail_is_sent_only_where_a_server_is_named() -> None:
    assert not settings_in(**GOOD)["MAIL_ENABLED"]
    assert settings_in(**GOOD, VLIEGWIEL_MAIL_URL="submission://a:b@c.nl:587")["MAIL_ENABLED"]
    assert settings_in(**GOOD, VLIEGWIEL_MAIL_URL="console:")["MAIL_ENABLED"]


def test_a_demo_makes_its_own_key_and_keeps_it(tmp_path: Path) -> None:
    demo = {"VLIEGWIEL_MODE": "demo", "VLIEGWIEL_DATA": str(tmp_path / "data")}
    first = settings_in(**demo)["SECRET_KEY"]
    assert len(first) >= 50
    assert settings_in(**demo)["SECRET_KEY"] == first
    assert (tmp_path / "data/secret-key").stat().st_mode & 0o077 == 0
    assert (
        settings_in(VLIEGWIEL_MODE="demo", VLIEGWIEL_DATA=str(tmp_path / "b"))["SECRET_KEY"]
        != first
    )


def test_the_web_server_stops_with_the_clear_lines_and_a_status_of_its_own() -> None:
    done = run("import vliegwiel.web.wsgi")
    assert done.returncode == 3
    lines = done.stderr.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("VLIEGWIEL_SECRET_KEY is not set.")


def variables_in_code() -> dict[str, str]:
    """Every variable that is read, with its default as it is written in the code."""
    found: dict[str, str] = {}
    for path in sorted(SETTINGS.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            owner = node.func.value
            if not (isinstance(owner, ast.Name) and owner.id in {"env", "plain_env"}):
                continue
            name = ast.literal_eval(node.args[0])
            default = next((k.value for k in node.keywords if k.arg == "default"), None)
            full = name if owner.id == "plain_env" else f"VLIEGWIEL_{name}"
            found.setdefault(full, ast.unparse(default) if default else "(none)")
    return found


def variables_in_page() -> set[str]:
    return set(re.findall(r"^\| `([A-Z_]+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))


def variables_elsewhere() -> set[str]:
    """Named outside the settings: by the command line and the tools."""
    found: set[str] = set()
    paths = [*(ROOT / "src/vliegwiel").rglob("*.py"), *(ROOT / "tools").rglob("*.py")]
    for path in paths:
        if SETTINGS not in path.parents:
            text = path.read_text(encoding="utf-8")
            found.update(re.findall(r"[\"'](VLIEGWIEL_[A-Z_]+)[\"']", text))
    return found


def test_every_variable_is_explained_and_nothing_else() -> None:
    known = set(variables_in_code()) | variables_elsewhere()
    assert len(known) > 20
    assert variables_in_page() == known
