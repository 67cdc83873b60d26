"""The documentation says what the choices are."""

from dataclasses import fields

from tests.repository.source import ROOT, code_words, table
from vliegwiel.science.trajectories import Choices


def test_documented_choices_are_those_of_the_code() -> None:
    rows = table(ROOT / "docs/methods/trajectories.md", under="Choices")
    documented = {code_words(row[0]).pop(): row[1] for row in rows}
    assert documented == {item.name: str(getattr(Choices(), item.name)) for item in fields(Choices)}
    assert all(row[2] for row in rows)
