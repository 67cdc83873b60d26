"""What newcomers read is true: links, commands, examples, decisions; and the guide reads easily."""

import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer.main

from tools import rules_chapter
from vliegwiel.cli.main import app

from .source import ROOT, name_of, tracked_files

EXAMPLES = sorted((ROOT / "docs/examples").glob("*.py"))
GUIDE = [*sorted((ROOT / "docs/gids").glob("*.md")), ROOT / "README.md"]
COMMAND = re.compile(r"(?:\S*bin/)?vliegwiel ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?")
LONGEST_SENTENCE = 25
LONGEST_ON_AVERAGE = 13


@cache
def documents() -> tuple[Path, ...]:
    return tuple(path for path in tracked_files() if path.suffix == ".md")


def test_links_lead_somewhere() -> None:
    dead = []
    for path in documents():
        for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
            if re.match(r"https?:|mailto:|#", target):
                continue
            if not (path.parent / target.split("#")[0]).exists():
                dead.append(f"{name_of(path)}: {target}")
    assert not dead


def test_pictures_are_described() -> None:
    pictures = [
        (name_of(path), *match)
        for path in documents()
        for match in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", path.read_text(encoding="utf-8"))
    ]
    assert pictures
    assert not [picture for picture in pictures if len(picture[1]) < 20]


@pytest.mark.parametrize("name", ["README.md", "README.en.md"])
def test_example_of_the_readme_is_the_file_that_runs(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    found = re.search(r"<!-- example -->\n```python\n(.*?)```\n<!-- /example -->", text, re.S)
    assert found
    assert found[1] == (ROOT / "docs/examples/forecast.py").read_text(encoding="utf-8")


def test_example_is_short() -> None:
    lines = (ROOT / "docs/examples/forecast.py").read_text(encoding="utf-8").strip().splitlines()
    assert len(lines) <= 10


@pytest.mark.slow
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_examples_run(path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def code_in(path: Path) -> Iterator[str]:
    """Lines of code blocks, and what stands between backticks."""
    text = path.read_text(encoding="utf-8")
    for block in re.findall(r"```(?:sh)?\n(.*?)```", text, re.S):
        yield from block.splitlines()
    yield from re.findall(r"`([^`\n]+)`", text)


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.M))
    named = {
        (name_of(path), target)
        for path in documents()
        for line in code_in(path)
        for target in re.findall(r"\bmake ([a-z-]+)", line)
    }
    assert named
    assert not {pair for pair in named if pair[1] not in targets}


def options_of(command: Any) -> set[str]:
    return {name for item in command.params for name in (*item.opts, *item.secondary_opts)}


def commands() -> dict[str, set[str]]:
    """Every command as it is typed -> its options; those of a group by both words."""
    found = {}
    for name, command in typer.main.get_group(app).commands.items():
        loaded = getattr(command, "loaded", command)
        found[name] = options_of(loaded)
        for part, inner in getattr(loaded, "commands", {}).items():
            found[f"{name} {part}"] = options_of(inner)
    return found


def test_commands_and_their_options_exist() -> None:
    known = commands()
    groups = {name.split()[0] for name in known if " " in name}
    assert groups
    wrong = []
    seen = 0
    for path in documents():
        for line in code_in(path):
            found = re.match(
                r"(?:\S*bin/)?vliegwiel ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?", line.strip()
            )
            if not found:
                continue
            seen += 1
            name = f"{found[1]} {found[2]}" if found[1] in groups and found[2] else found[1]
            options = set(re.findall(r"(?<!\S)(--[a-z][a-z-]*)", line))
            if name not in known:
                wrong.append(f"{name_of(path)}: vliegwiel {name}")
            elif name != "manage":
                wrong += [f"{name_of(path)}: {name} {option}" for option in options - known[name]]
    assert seen
    assert not wrong


def test_decisions_are_numbered_and_dated() -> None:
    files = sorted((ROOT / "docs/decisions").glob("0*.md"))
    numbers = [int(path.name[:4]) for path in files]
    assert numbers == list(range(1, len(files) + 1))
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {path.name[:4]} "), path.name
        assert re.search(r"^Decided \d{1,2} [A-Z][a-z]+ 20\d\d\b", text, re.M), path.name
        assert re.search(r"^## Decision$", text, re.M), path.name


def test_rules_chapter_is_what_the_tests_say() -> None:
    assert rules_chapter.CHAPTER.read_text(encoding="utf-8") == rules_chapter.chapter()


def sentences(path: Path) -> Iterator[str]:
    """Sentences of running text and of lists; tables, code and directives left out."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"<!-- example -->.*?<!-- /example -->|```.*?```", "\n\n", text, flags=re.S)
    text = re.sub(r"^(?:\||#|!\[|:::).*$", "\n", text, flags=re.M)
    text = re.sub(r"\[([^\]]+)\]\([^)]+\)|[*`<>]", r"\1", text)
    for paragraph in re.split(r"\n\s*\n|^\s*(?:[-*]|\d+\.)\s", text, flags=re.M):
        for sentence in re.split(r"(?<=[.!?:;])\s", " ".join(paragraph.split())):
            if len(sentence.split()) > 2:
                yield sentence


@pytest.mark.parametrize("path", GUIDE, ids=name_of)
def test_guide_reads_easily(path: Path) -> None:
    """Level B1 asks for short sentences: 10 to 12 words on average, seldom above 20."""
    lengths = {sentence: len(sentence.split()) for sentence in sentences(path)}
    assert lengths
    long = {text: size for text, size in lengths.items() if size > LONGEST_SENTENCE}
    assert not long
    assert sum(lengths.values()) / len(lengths) <= LONGEST_ON_AVERAGE
