"""The language in which a command answers."""

from __future__ import annotations

import os

import pytest
import typer

from vliegwiel.cli.answers import LANGUAGE, choose_language


@pytest.mark.parametrize("environment", ["en", "nl"])
def test_without_a_choice_the_environment_of_the_moment_counts(
    monkeypatch: pytest.MonkeyPatch, environment: str
) -> None:
    monkeypatch.setenv("VLIEGWIEL_LANGUAGE", environment)
    choose_language(LANGUAGE)
    assert os.environ["VLIEGWIEL_LANGUAGE"] == environment


def test_a_choice_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VLIEGWIEL_LANGUAGE", "nl")
    choose_language("en")
    assert os.environ["VLIEGWIEL_LANGUAGE"] == "en"


def test_another_language_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VLIEGWIEL_LANGUAGE", "nl")
    with pytest.raises(typer.Exit):
        choose_language("fr")
    assert "nl, en" in capsys.readouterr().err
