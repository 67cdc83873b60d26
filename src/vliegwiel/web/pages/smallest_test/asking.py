"""From a scenario to the question about its pilot, and to the run that answers it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from vliegwiel.apps.explorer import (
    DocumentRefused,
    SettingsRefused,
    descriptions,
    pilot_words,
    queries,
    services,
)
from vliegwiel.apps.explorer.pilot_work import PilotQuestion

from .forms import QuestionForm

#: Seed of the simulated pilots: the same question has the same answer.
_SEED = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was asked before, in words."""

    run: Any
    words: str


@dataclass(frozen=True, slots=True)
class AskPage:
    version: Any
    title: str
    form: QuestionForm
    may_run: bool
    earlier: Sequence[Asked]
    designs: Sequence[tuple[Any, Any]]


def question_form(version: Any, typed: QueryDict | None) -> QuestionForm:
    """The form of a scenario."""
    return QuestionForm(
        typed, system=queries.system_of(version), scenario=queries.scenario(version)
    )


def start(form: QuestionForm, *, version: Any, by: Any) -> Any | None:
    """The run that was asked for; None when something objects, which the form then shows."""
    try:
        return services.start_smallest_test(
            scenario=version,
            question=form.question(),
            replications=form.cleaned_data["pilots"] // 2,
            seed=_SEED,
            by=by,
        )
    except DocumentRefused as refused:
        form.refuse(refused.faults)
    except SettingsRefused as refused:
        for name, (low, high) in refused.limits.items():
            words = _("Must lie between %(low)s and %(high)s.") % {"low": low, "high": high}
            form.add_error(name if name in form.fields else None, words)
    return None


def ask_page(version: Any, *, form: QuestionForm, may_run: bool) -> AskPage:
    """Everything on the page of the question."""
    return AskPage(
        version=version,
        title=descriptions.in_language(queries.scenario(version).title),
        form=form,
        may_run=may_run,
        earlier=[Asked(run, _words(run)) for run in queries.smallest_tests_of(version)],
        designs=[(pilot_words.DESIGNS[key], words)
                 for key, words in pilot_words.EXPLANATIONS.items()],
    )  # fmt: skip


def _words(run: Any) -> str:
    asked = PilotQuestion.from_json(run.question)
    return f"{pilot_words.DESIGNS[asked.design]}; {pilot_words.OUTCOMES[asked.outcome]}"
