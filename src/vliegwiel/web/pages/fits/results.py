"""What came of a fit: first whether to trust it, then the test, then every number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from vliegwiel.apps.explorer import descriptions, queries
from vliegwiel.apps.explorer.fit_outcomes import FitOutcome
from vliegwiel.science.caresystem import CareSystem, read_care_system
from vliegwiel.web.components import FigureBlock, Table

from .sentences import sentence
from .tables import care_table, errors_table, source_table
from .testing import held_back_figures
from .weak_spots import weak_spots


@dataclass(frozen=True, slots=True)
class ResultPage:
    """The page of a fit that is done. `doubts` weigh most first; `verdict` is the test in words."""

    run: Any
    outcome: FitOutcome
    verdict: Sequence[str]
    trusted: bool
    weak: Sequence[str]
    notes: Sequence[str]
    figures: Sequence[FigureBlock]
    errors: Table | None
    sources: Table
    care_types: Table
    unseen: Sequence[str]
    last_day: date
    changed: bool
    may_keep: bool

    @property
    def kept(self) -> Any:
        """The care system that was made of it, if somebody did."""
        return self.run.kept_as


def result_page(run: Any, *, changed: bool, may_keep: bool) -> ResultPage:
    """The page; `changed` says that the messages are no longer those that it was made from."""
    outcome = queries.fit_outcome(run)
    names = labels(outcome)
    test = outcome.back_test
    return ResultPage(
        run=run,
        outcome=outcome,
        verdict=[sentence(check, names) for check in test.checks if not check.warns]
        if test
        else [],
        trusted=test is not None and not any(check.failed for check in test.checks),
        weak=weak_spots(outcome, names),
        notes=[sentence(check, names) for check in outcome.checks if not check.failed],
        figures=held_back_figures(run, test, names) if test else [],
        errors=errors_table(test, names) if test else None,
        sources=source_table(outcome, names),
        care_types=care_table(outcome, names),
        unseen=[names.get(name, name) for name in test.unseen] if test else [],
        last_day=outcome.known,
        changed=changed,
        may_keep=may_keep,
    )


def labels(outcome: FitOutcome) -> Mapping[str, str]:
    """Ids of referrers and forms of care -> their names in the language of the reader."""
    system: CareSystem = read_care_system(outcome.care_system)
    texts = {referrer.id: referrer.label for referrer in system.referrers}
    texts |= {care.id: care.label for care in system.care_types}
    return {name: descriptions.in_language(label) for name, label in texts.items()}
