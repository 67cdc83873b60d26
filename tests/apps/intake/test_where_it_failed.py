"""A log says where work on messages failed, never what a message held."""

from vliegwiel.apps.intake.errors import where_it_failed
from vliegwiel.science.ijw import passes_eleven_test


def raised() -> BaseException:
    try:
        passes_eleven_test("a name and 123456782")
    except ValueError as error:
        return error
    raise AssertionError("nothing was raised")


def test_the_kind_and_the_place_are_told_and_nothing_else() -> None:
    said = where_it_failed(raised())
    assert said.startswith("ValueError at science/ijw/values.py:")
    assert "name" not in said
    assert "123456782" not in said


def test_an_error_from_elsewhere_has_no_place() -> None:
    assert where_it_failed(KeyError("123456782")) == "KeyError at an unknown place"
