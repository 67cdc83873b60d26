"""The front end as it is kept: its lock, its themes, and the tool that builds it."""

import importlib.util
import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
FRONTEND = ROOT / "frontend"
THEMES = sorted((FRONTEND / "themes").glob("*.css"))
NAME = re.compile(r"(--vw-[\w-]+):\s*([^;]+);")
# Text wants 4.5 to 1; what is not text but tells something wants 3 to 1 (WCAG 1.4.3, 1.4.11).
PAIRS = [
    *[(text, paper, 4.5) for text in ("ink", "ink-soft", "primary", "accent")
      for paper in ("paper", "paper-soft")],
    ("ink", "paper-tint", 4.5),
    ("ink-soft", "paper-tint", 4.5),
    ("on-primary", "primary", 4.5),
    ("on-primary", "primary-strong", 4.5),
    ("on-masthead", "masthead", 4.5),
    ("on-masthead-accent", "masthead", 4.5),
    ("accent", "accent-soft", 4.5),
    *[(tone, f"{tone}-soft", 4.5) for tone in ("ok", "warning", "error", "info")],
    *[(f"chart-{name}", "paper", 3.0)
      for name in ("baseline", "scenario", "region", "national", "1", "2", "3", "4", "5", "6")],
    ("line-strong", "paper", 3.0),
    ("focus", "paper", 3.0),
]  # fmt: skip


def tokens(path: Path, scheme: str) -> dict[str, str]:
    """The values of a theme in light or dark; a theme begins with those of the one it imports."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    base = re.search(r'@import "\./([\w-]+\.css)"', text)
    light, _query, dark = text.partition("@media")
    found: dict[str, str] = {}
    if base:
        found = tokens(path.with_name(base[1]), "light")
    found |= dict(NAME.findall(light))
    if scheme == "dark":
        if base:
            found |= dict(NAME.findall(path.with_name(base[1]).read_text().partition("@media")[2]))
        found |= dict(NAME.findall(dark))
    return found


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted([luminance(one), luminance(other)], reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", THEMES, ids=lambda path: path.stem)
def test_colours_of_a_theme_can_be_told_apart(path: Path, scheme: str) -> None:
    found = tokens(path, scheme)
    weak = {
        f"{front} on {ground}": round(contrast(found[f"--vw-{front}"], found[f"--vw-{ground}"]), 2)
        for front, ground, least in PAIRS
        if contrast(found[f"--vw-{front}"], found[f"--vw-{ground}"]) < least
    }
    assert weak == {}


def test_styles_use_only_names_that_the_theme_or_the_tokens_give() -> None:
    given = set(tokens(FRONTEND / "themes/vliegwiel.css", "light"))
    used: set[str] = set()
    for path in (FRONTEND / "styles").glob("*.css"):
        text = path.read_text(encoding="utf-8")
        given |= {name for name, _value in NAME.findall(text)}
        used |= set(re.findall(r"var\((--vw-[\w-]+)", text))
    assert used - given == set()


def test_the_lock_names_no_address_and_every_package_has_a_hash() -> None:
    lock = json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: facts for name, facts in lock["packages"].items() if name}
    assert packages
    assert [name for name, facts in packages.items() if "resolved" in facts] == []
    assert [name for name, facts in packages.items() if "integrity" not in facts] == []


@pytest.fixture
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("frontend_tool", ROOT / "tools/frontend.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_changed_source_is_seen(tool: ModuleType, tmp_path: Path) -> None:
    tool.ROOT = tmp_path
    source = tmp_path / "main.css"
    source.write_text("a{}")
    before = tool.fingerprint([source])
    assert tool.fingerprint([source]) == before
    source.write_text("b{}")
    assert tool.fingerprint([source]) != before


def test_a_failing_build_says_what_the_program_said(tool: ModuleType) -> None:
    with pytest.raises(tool.FrontendError, match=r"Building failed \(exit status 3\)\:\nbroken"):
        tool.run([sys.executable, "-c", "print('broken'); raise SystemExit(3)"], "Building")


def test_stopping_leaves_no_child_behind(tool: ModuleType) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True
    )
    tool.stop(child)
    assert child.poll() == -signal.SIGTERM


@pytest.mark.slow
def test_a_second_run_is_done_in_a_second() -> None:
    if not (FRONTEND / "node_modules").is_dir():
        pytest.skip("the front end has not been built here yet")
    command = [sys.executable, str(ROOT / "tools/frontend.py")]
    subprocess.run(command, check=True, capture_output=True)
    since = time.monotonic()
    again = subprocess.run(command, check=True, capture_output=True, text=True)
    assert "up to date" in again.stdout
    assert time.monotonic() - since < 1
