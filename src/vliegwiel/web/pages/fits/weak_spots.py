"""Where not to trust a model: what the test showed, what it cannot know, what fitted badly."""

from collections.abc import Iterator, Sequence

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from vliegwiel.apps.explorer.fit_outcomes import FitOutcome, HeldBack

from .sentences import sentence
from .tables import Names


def weak_spots(outcome: FitOutcome, names: Names) -> Sequence[str]:
    """A sentence for each, with what the test showed first."""
    test = outcome.back_test
    return [
        *(() if test is None else _by_the_test(test, names)),
        *_of_few(outcome, names),
        *(sentence(check, names) for check in outcome.checks if check.failed),
    ]


def _by_the_test(test: HeldBack, names: Names) -> Iterator[str]:
    words = {
        "arrivals": _(
            "How many come to %(care_types)s: in the test a simple forecast was at least as close."
        ),
        "waiting": _(
            "How many wait for %(care_types)s: in the test a simple forecast was at least as close."
        ),
        "in_care": _(
            "How many are in care in %(care_types)s: in the test a simple forecast was at least as "
            "close."
        ),
    }
    for measure, template in words.items():
        lost = [row.care_type for row in test.rows if row.measure == measure and not row.closer]
        if lost:
            yield template % {"care_types": _listed(lost, names)}
    yield from (sentence(check, names) for check in test.checks if check.warns)


def _of_few(outcome: FitOutcome, names: Names) -> Iterator[str]:
    few = [care.id for care in outcome.care_types if not care.in_care]
    if few:
        yield _(
            "Fewer than 10 youths were in care in %(care_types)s. The model starts there with a "
            "number that it worked out, not with one that was counted: do not use it to decide "
            "about places there."
        ) % {"care_types": _listed(few, names)}


def _listed(ids: Sequence[str], names: Names) -> str:
    return get_text_list([names.get(one, one) for one in ids], _("and"))
