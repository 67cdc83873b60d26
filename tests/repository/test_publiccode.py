"""publiccode.yml keeps to version 0.5 of the standard (https://yml.publiccode.tools)."""

import re
import tomllib
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from .source import ROOT

CATEGORIES = {
    "data-analytics", "data-collection", "data-visualization", "knowledge-management",
    "predictive-analysis", "collaboration", "project-management", "workflow-management",
}  # fmt: skip
SCOPES = {"healthcare", "local-authorities", "research", "society", "welfare"}
MANDATORY = {
    "publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType",
    "description", "legal", "maintenance", "localisation",
}  # fmt: skip
OPTIONAL = {
    "softwareVersion", "releaseDate", "categories", "intendedAudience", "dependsOn", "roadmap",
    "landingURL", "logo", "usedBy", "fundedBy", "organisation", "isBasedOn", "applicationSuite",
}  # fmt: skip
# Keys within a section: a key that the standard does not know makes a catalogue drop the file.
OF_DESCRIPTION = {
    "localisedName", "shortDescription", "longDescription", "documentation", "apiDocumentation",
    "features", "screenshots", "videos", "awards",
}  # fmt: skip
OF_DEPENDENCY = {"name", "version", "versionMin", "versionMax", "optional"}
OF_SECTION = {
    "intendedAudience": {"countries", "unsupportedCountries", "scope"},
    "legal": {"license", "mainCopyrightOwner"},
    "maintenance": {"type", "contractors", "contacts"},
    "localisation": {"localisationReady", "availableLanguages"},
    "dependsOn": {"open", "proprietary", "hardware"},
}


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    loaded = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def test_keys(found: dict[str, Any]) -> None:
    assert set(found) >= MANDATORY
    assert set(found) <= MANDATORY | OPTIONAL
    assert found["publiccodeYmlVersion"] == "0.5"
    for section, known in OF_SECTION.items():
        assert set(found[section]) <= known, section
    for language, texts in found["description"].items():
        assert set(texts) <= OF_DESCRIPTION, language
    for kind, needed in found["dependsOn"].items():
        for dependency in needed:
            assert set(dependency) <= OF_DEPENDENCY, kind
            assert dependency["name"]


def test_it_describes_the_version_that_the_project_has(found: dict[str, Any]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert found["softwareVersion"] == project["version"]
    assert found["legal"]["license"] == project["license"]
    assert found["legal"]["mainCopyrightOwner"] == project["authors"][0]["name"]


def test_values_of_lists(found: dict[str, Any]) -> None:
    assert set(found["platforms"]) <= {"web", "windows", "mac", "linux", "ios", "android"}
    assert set(found["categories"]) <= CATEGORIES
    assert set(found["intendedAudience"]["scope"]) <= SCOPES
    assert found["intendedAudience"]["countries"] == ["NL"]
    statuses = {"concept", "development", "beta", "stable", "obsolete"}
    assert found["developmentStatus"] in statuses
    assert found["softwareType"] == "standalone/web"


def test_address_is_one_or_says_that_it_is_not(found: dict[str, Any]) -> None:
    """An address in the domain `.example` belongs to nobody, by agreement of the internet."""
    address = urlsplit(found["url"])
    assert address.scheme == "https"
    assert address.hostname
    text = (ROOT / "publiccode.yml").read_text(encoding="utf-8")
    if address.hostname.endswith(".example"):
        assert "Not published yet" in text


def test_dates(found: dict[str, Any]) -> None:
    assert date.fromisoformat(found["releaseDate"])


@pytest.mark.parametrize("language", ["nl", "en"])
def test_descriptions(found: dict[str, Any], language: str) -> None:
    text = found["description"][language]
    assert set(text) >= {"shortDescription", "longDescription", "features"}
    assert len(text["shortDescription"]) <= 150
    assert 150 <= len(text["longDescription"]) <= 10_000
    assert 5 <= len(text["features"]) <= 20
    assert not [path for path in text["screenshots"] if not (ROOT / path).is_file()]


def test_languages_are_those_of_the_site(found: dict[str, Any]) -> None:
    settings = (ROOT / "src/vliegwiel/web/settings/languages.py").read_text(encoding="utf-8")
    languages = re.search(r"^LANGUAGES = (.+)$", settings, re.M)
    assert languages
    offered = re.findall(r'\("(\w+)", ', languages[1])
    assert found["localisation"] == {"localisationReady": True, "availableLanguages": offered}


def test_maintenance(found: dict[str, Any]) -> None:
    """Who maintains it as a person or under a contract must be named; nobody is made up."""
    kind = found["maintenance"]["type"]
    assert kind in {"internal", "contract", "community", "none"}
    if kind in {"internal", "community"}:
        assert found["maintenance"]["contacts"]
    if kind == "contract":
        assert found["maintenance"]["contractors"]
    if kind == "none":
        assert set(found["maintenance"]) == {"type"}
        assert "@" not in (ROOT / "publiccode.yml").read_text(encoding="utf-8")


def test_dependencies_are_those_of_the_settings(found: dict[str, Any]) -> None:
    needed = {item["name"]: item["versionMin"] for item in found["dependsOn"]["open"]}
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'requires-python = ">={needed["Python"]}"' in project
    assert (ROOT / f"tools/with_postgresql_{needed['PostgreSQL']}.sh").is_file()
