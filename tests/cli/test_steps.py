"""How commands tell what they are doing: bars where somebody looks, lines where a log reads."""

import io

import pytest
from rich.console import Console

from vliegwiel.cli.steps import Report, steps_on


def told(console: Console, out: io.StringIO) -> str:
    """What stands in `out` after two steps, the second of which fails."""

    def load(report: Report) -> str:
        report(1, 2)
        report(2, 2)
        return "[2 regions]"

    def fail(_report: Report) -> str:
        raise OSError("gone")

    def both() -> None:
        with steps_on(console) as steps:
            steps.run("Regions", load)
            steps.run("Figures", fail)

    with pytest.raises(OSError, match="gone"):
        both()
    return out.getvalue()


def test_a_log_gets_a_line_when_a_step_begins_and_one_when_it_is_done() -> None:
    out = io.StringIO()
    lines = told(Console(file=out, force_terminal=False, width=20), out).splitlines()
    assert lines == ["• Regions ...", "  [2 regions] (0 s)", "• Figures ..."]


def test_a_long_line_is_not_broken_in_a_log() -> None:
    out = io.StringIO()
    with steps_on(Console(file=out, force_terminal=False, width=20)) as steps:
        steps.run("Database", lambda _report: "one of " + "very " * 20 + "many")
    assert len(out.getvalue().splitlines()) == 2


def test_a_terminal_gets_bars() -> None:
    out = io.StringIO()
    shown = told(Console(file=out, force_terminal=True, width=80), out)
    assert "\x1b[" in shown
    assert "Regions: " in shown
    assert "• Regions" not in shown
