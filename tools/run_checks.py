"""Everything that is judged without running the product: `make check`. Runs all before it fails."""

import os
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv/bin"
# No check touches a database; settings want an address all the same.
NO_DATABASE = {"DATABASE_URL": "postgresql:///unused", "VLIEGWIEL_MODE": "test"}
PRODUCTION = {
    "DATABASE_URL": "postgresql:///unused",
    "VLIEGWIEL_MODE": "production",
    "VLIEGWIEL_ALLOWED_HOSTS": "vliegwiel.example",
    "VLIEGWIEL_SECRET_KEY": "a-key-of-this-check-only-" + "0123456789abcdefghij" * 3,
}
CHECKS: dict[str, tuple[list[str], dict[str, str]]] = {
    "style": ([f"{BIN}/ruff", "check", "."], {}),
    "layout": ([f"{BIN}/ruff", "format", "--check", "--quiet", "."], {}),
    "templates": ([f"{BIN}/djlint", "src/vliegwiel/web/templates", "--lint", "--quiet"], {}),
    "types": ([f"{BIN}/mypy"], NO_DATABASE),
    "layers": ([f"{BIN}/lint-imports"], NO_DATABASE),
    "translations": ([f"{BIN}/python", "tools/messages.py", "check"], {}),
    "migrations": (
        [f"{BIN}/python", "-W", "ignore", "-m", "django", "makemigrations", "--check", "--dry-run"],
        {**NO_DATABASE, "DJANGO_SETTINGS_MODULE": "vliegwiel.web.settings"},
    ),
    "production settings": (
        [f"{BIN}/python", "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        {**PRODUCTION, "DJANGO_SETTINGS_MODULE": "vliegwiel.web.settings"},
    ),
    "documentation": (
        [f"{BIN}/python", "-m", "sphinx", "-W", "--keep-going", "-q", "docs", "docs/_build/html"],
        {},
    ),
}


def main() -> int:
    failed = []
    for name, (command, extra) in CHECKS.items():
        since = time.monotonic()
        result = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, **extra},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        verdict = "ok" if result.returncode == 0 else "FAILED"
        print(f"{name:<22}{verdict}  {time.monotonic() - since:.0f} s", flush=True)
        if result.returncode != 0:
            print(result.stdout, flush=True)
            failed.append(name)
    if failed:
        print(f"Not in order: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
