"""A smallest useful test in words and as files: the same on pages and from the command."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vliegwiel.apps.explorer import sentences
from vliegwiel.apps.explorer.descriptions import in_active_language
from vliegwiel.apps.explorer.spreadsheets import FileColumn, Value, for_people, for_programs
from vliegwiel.science.evidence import DESIGNS as METHODS
from vliegwiel.science.evidence import SmallestTest
from vliegwiel.science.kernel import Check, Fault

Words = str | Promise
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_MINUS = "\N{MINUS SIGN}"

#: Design -> what it is called.
DESIGNS: Mapping[str, Words] = {
    "before_after": gettext_lazy("Before and after, in the pilot municipalities alone"),
    "differences": gettext_lazy("Compared with municipalities without the pilot"),
    "stepped": gettext_lazy("One municipality after another, in an order by lot"),
    "clusters": gettext_lazy("Municipalities drawn by lot"),
    "youths": gettext_lazy("Youths drawn by lot within the pilot municipalities"),
}
#: Design -> how it works and what it cannot tell.
EXPLANATIONS: Mapping[str, Words] = {
    "before_after": gettext_lazy(
        "Measures the pilot municipalities before and after the start. What else changed in that "
        "time looks like an effect."
    ),
    "differences": gettext_lazy(
        "Sets what changed in the pilot municipalities against what changed elsewhere. Takes for "
        "granted that both would otherwise have changed alike."
    ),
    "stepped": gettext_lazy(
        "In the end all municipalities take part; a lot decides who begins when."
    ),
    "clusters": gettext_lazy(
        "A lot decides which municipalities begin; the others are compared with. Strong evidence, "
        "but it takes many municipalities."
    ),
    "youths": gettext_lazy(
        "A lot decides for each youth. The strongest evidence, and often the smallest pilot; only "
        "for changes that can differ between youths of one municipality."
    ),
}
#: Outcome -> what it is called.
OUTCOMES: Mapping[str, Words] = {
    "waiting_time": gettext_lazy("Waiting time of those who start"),
    "share_within_norm": gettext_lazy("Share that starts within the norm"),
    "days_in_care": gettext_lazy("Days in care for every stay that ends"),
    "arrivals": gettext_lazy("Youths who are referred"),
    "starts": gettext_lazy("Youths who start"),
    "leaving": gettext_lazy("Youths who stop waiting"),
    "waiting_list": gettext_lazy("Youths who wait"),
    "in_care": gettext_lazy("Youths in care"),
    "cost": gettext_lazy("Cost of care"),
}

COLUMNS = (
    FileColumn("region"),
    FileColumn("scenario", gettext_lazy("Scenario")),
    FileColumn("design", gettext_lazy("Design")),
    FileColumn("outcome", gettext_lazy("Outcome")),
    FileColumn("care_type", gettext_lazy("Form of care")),
    FileColumn("sites", gettext_lazy("Pilot municipalities")),
    FileColumn("months", gettext_lazy("Months")),
    FileColumn("youths", gettext_lazy("Youths counted in the pilot")),
    FileColumn("youths_compared", gettext_lazy("Youths compared with")),
    FileColumn("power", gettext_lazy("Effect seen (per cent)")),
    FileColumn("power_low", gettext_lazy("Effect seen, low")),
    FileColumn("power_high", gettext_lazy("Effect seen, high")),
    FileColumn("false_alarms", gettext_lazy("False alarms (per cent)")),
    FileColumn("false_alarms_low", gettext_lazy("False alarms, low")),
    FileColumn("false_alarms_high", gettext_lazy("False alarms, high")),
    FileColumn("kind", gettext_lazy("Kind")),
)
_KIND = "outcome of a model"


def headline(test: SmallestTest) -> str:
    """The answer in one sentence."""
    return _(test.headline.template) % _translated(test.headline.params)


def check(found: Check) -> str:
    """What was verified, or must be known about the answer."""
    return _(found.template) % _translated(found.params)


def fault(found: Fault) -> str:
    """What is wrong about the question."""
    return sentences.fault(found)


def reason(code: str) -> str:
    """Why a number of municipalities does not do, in a few words."""
    return {
        "too_few_sites": _("too few municipalities"),
        "too_few_youths": _("too few youths"),
        "no_effect": _("no effect on this outcome"),
        "effect_leaks": _("the effect reaches the others as well"),
        "false_alarms": _("too many false alarms"),
        "within_chance": _("too small beside chance"),
    }[code]


def care_type(test: SmallestTest) -> str:
    """What is counted: a form of care, or all of them."""
    return in_active_language(test.labels["care_type"])


def municipalities(test: SmallestTest) -> str:
    """The names of those where the pilot is to be; empty when all are drawn."""
    if METHODS[test.asked.design].drawn == "sites":
        return ""
    return ", ".join(in_active_language(test.labels[code]) for code in test.asked.given)


def csv_lines(test: SmallestTest) -> Iterator[str]:
    """One line for each number of municipalities and months, for programs; all in English."""
    asked = test.asked
    named = [asked.region, asked.scenario, asked.design, asked.outcome, asked.care_type]
    return for_programs(COLUMNS, [[*named, *numbers, _KIND] for numbers in _numbers(test, 1.0)])


def spreadsheet_lines(test: SmallestTest) -> Iterator[str]:
    """The same for people, in the active language; shares are percentages."""
    asked, scenario = test.asked, in_active_language(test.labels["scenario"])
    told = [str(DESIGNS[asked.design]), str(OUTCOMES[asked.outcome]), care_type(test)]
    kind = _("outcome of a model")
    rows = [[asked.region, scenario, *told, *numbers, kind] for numbers in _numbers(test, 100.0)]
    return for_people(COLUMNS, rows)


def marked_json(test: SmallestTest) -> str:
    """The whole answer as JSON, marked as an outcome of a model."""
    return json.dumps({"kind": _KIND, **json.loads(test.to_json())}, ensure_ascii=False)


def _numbers(test: SmallestTest, factor: float) -> Iterator[Sequence[Value]]:
    for row in test.rows():
        counted = [row[name] for name in ("sites", "months", "youths", "youths_compared")]
        shares = [row[column.name] for column in COLUMNS[9:15]]
        yield [*counted, *(None if share is None else share * factor for share in shares)]


def _translated(params: Mapping[str, float | str]) -> dict[str, str]:
    """The parameters with their words translated, and their numbers as readers write them."""
    return {name: _word(name, value) for name, value in params.items()}


def _word(name: str, value: float | str) -> str:
    if not isinstance(value, str):
        return sentences.shown(value)
    if name == "unit":
        return _(value)
    if not _NUMBER.fullmatch(value):
        return value
    number = Decimal(value)
    decimals = len(value.partition(".")[2])
    text = number_format(abs(number), decimals, force_grouping=True)
    return f"{_MINUS}{text}" if number < 0 else text
