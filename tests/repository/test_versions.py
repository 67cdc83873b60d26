"""One version, one licence, one list of commands, wherever they are written."""

import json
import re
import tomllib

import vliegwiel

from .source import ROOT, code_words, table

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_version_is_everywhere_the_same() -> None:
    written = {
        "package": vliegwiel.__version__,
        "pyproject": PROJECT["version"],
        "publiccode": re.search(r'^softwareVersion: "(.+)"$', read("publiccode.yml"), re.M)[1],  # type: ignore[index]
        "frontend": json.loads(read("frontend/package.json"))["version"],
        "frontend lock": json.loads(read("frontend/package-lock.json"))["version"],
        "change log": re.search(r"^## (\S+)", read("CHANGELOG.md"), re.M)[1],  # type: ignore[index]
        "English change log": re.search(r"^## (\S+)", read("CHANGELOG.en.md"), re.M)[1],  # type: ignore[index]
    }
    assert set(written.values()) == {vliegwiel.__version__}, written


def test_change_logs_are_twins() -> None:
    """The same versions, and in each as many lines for the reader."""

    def shape(name: str) -> list[tuple[str, int]]:
        parts = re.split(r"^## ", read(name), flags=re.M)[1:]
        return [(part.split()[0], len(re.findall(r"^- ", part, re.M))) for part in parts]

    assert shape("CHANGELOG.md") == shape("CHANGELOG.en.md")
    assert shape("CHANGELOG.md")[0][1] > 0


def test_licence_is_everywhere_the_same() -> None:
    assert PROJECT["license"] == "EUPL-1.2"
    assert json.loads(read("frontend/package.json"))["license"] == "EUPL-1.2"
    assert re.search(r"^  license: (\S+)$", read("publiccode.yml"), re.M)[1] == "EUPL-1.2"  # type: ignore[index]
    text = read("LICENSE")
    assert text.startswith(
        "EUROPEAN UNION PUBLIC LICENCE v. 1.2\nEUPL © the European Union 2007, 2016\n"
    )
    articles = [int(number) for number in re.findall(r"^(\d{1,2})\.[A-Z]", text, re.M)]
    assert articles == list(range(1, 16))
    assert "‘Compatible Licences’ according to Article 5 EUPL are:" in text


def test_commands_are_those_of_the_makefile() -> None:
    """CONTRIBUTING lists everything there is to run; set-up and locks are steps of those."""
    listed = {
        word.removeprefix("make ")
        for row in table(ROOT / "CONTRIBUTING.md", under="Everything there is to run")
        for word in code_words(row[0])
    }
    phony = re.search(r"^\.PHONY: (.+)$", read("Makefile"), re.M)
    assert phony
    assert listed == set(phony[1].split()) - {"setup", "setup-dev", "setup-bench", "lock"}
    opening = read("Makefile").split("\n\n")[0]
    assert listed == set(re.findall(r"\bmake (\w+)", opening))


def test_readmes_are_twins() -> None:
    """The same headings, tables, commands and links, in two languages."""

    def shape(name: str) -> tuple[int, int, list[str], set[str]]:
        text = read(name)
        code = re.findall(r"```(?:sh|python)\n(.*?)```", text, re.S)
        links = set(re.findall(r"\]\(([^)]+)\)", text)) - {"README.md", "README.en.md"}
        links = {link.replace("CHANGELOG.en.md", "CHANGELOG.md") for link in links}
        return text.count("\n## "), text.count("\n| "), code, links

    assert shape("README.md") == shape("README.en.md")
