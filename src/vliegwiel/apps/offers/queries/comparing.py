"""What providers say of their waits, beside what care messages say on the nearest clock.

What messages say are rows of the published set as they stand there: of a provider with all its
forms, and of a form with all its providers. A provider and a form together are no row of that set,
and with one more table somebody could work out small counts from the others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext

from vliegwiel.apps.figures.queries import StatementLine, WaitingFilter, stated_waiting_times
from vliegwiel.apps.offers.vocabulary import NEAREST_CLOCKS, OfferedForm, WaitUntil
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.trajectories.queries import WaitLine as MeasuredLine
from vliegwiel.apps.trajectories.queries import overview, situation, wait_table
from vliegwiel.science.trajectories import Clock, Split, WaitingOverview

from .providers import provider_names
from .register import OfferLine, current_lines, register_mark


class Reason(StrEnum):
    """Why what is said and what is measured can differ."""

    #: Applying comes before the decision or the request.
    OTHER_BEGIN = "other_begin"
    #: The intake comes before the start of help.
    OTHER_END = "other_end"
    #: Messages are shown of the provider with all its forms, and of the form with all providers.
    MORE_FORMS = "more_forms"
    #: It was said outside the months that messages tell of.
    OTHER_TIME = "other_time"
    #: Too few youths, or messages tell nothing of it.
    NOT_SHOWN = "not_shown"


@dataclass(frozen=True, slots=True)
class ComparedWait:
    """One provider and form: days as stated, and medians in days as measured.

    `clock` is the clock of messages on which both measured lines are; None without either.
    """

    provider_code: str
    provider: str
    form: str
    form_label: str
    until: str
    until_label: str
    offers: int
    stated_low: int
    stated_high: int
    stated_on: date
    source_labels: Sequence[str]
    clock: Clock | None
    of_provider: MeasuredLine | None
    of_form: MeasuredLine | None
    reasons: Sequence[Reason]


@dataclass(frozen=True, slots=True)
class ComparedForm:
    """One form with all its providers: lowest and highest stated, and the measured median."""

    form: str
    label: str
    providers: int
    stated_low: int
    stated_high: int
    clock: Clock | None
    measured: MeasuredLine | None


class PublishedUntil(StrEnum):
    """What a wait on the pages of a provider ends with."""

    INTAKE = "to_intake"
    #: From the intake on.
    TREATMENT = "to_treatment"
    #: Until the intake and from there to treatment, added.
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class PublishedWait:
    """What a provider publishes on its own pages, in days, by the name that it has there.

    Of the two clocks there none is one of messages. Both together, of offers that give both, come
    near the clock from request to start: there `measured` stands beside, on `clock`.
    """

    provider_code: str
    provider: str
    until: PublishedUntil
    clock_label: str
    offers: int
    low: int
    high: int
    stated_on: date
    clock: Clock | None = None
    measured: MeasuredLine | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """`known` is the day of the messages and `first` the first day of their window."""

    known: date | None
    first: date | None
    rows: Sequence[ComparedWait]
    forms: Sequence[ComparedForm]
    published: Sequence[PublishedWait]
    mark: str


class _Measured:
    """Rows of the published set, by clock and key."""

    def __init__(self, shown: WaitingOverview | None) -> None:
        self.shown = shown
        self._lines: dict[tuple[Split, Clock], Mapping[str, MeasuredLine]] = {}

    def line(self, split: Split, clock: Clock, key: str) -> MeasuredLine | None:
        """A row with a median; None when it is not shown."""
        if self.shown is None:
            return None
        if (split, clock) not in self._lines:
            rows = wait_table(self.shown, split, clock).rows
            self._lines[split, clock] = {row.key: row for row in rows}
        found = self._lines[split, clock].get(key)
        return None if found is None or found.median is None else found

    def nearest(
        self, until: WaitUntil, keys: Sequence[tuple[Split, str]]
    ) -> tuple[Clock | None, list[MeasuredLine | None]]:
        """The first clock that has any of these rows, and the rows on it."""
        for clock in NEAREST_CLOCKS[until]:
            lines = [self.line(split, clock, key) for split, key in keys]
            if any(line is not None for line in lines):
                return clock, lines
        return None, [None for _key in keys]


def stated_beside_measured(region: Region, *, on: date) -> Comparison:
    """Every wait that is stated on a day, beside the newest figures that everybody may see."""
    shown = overview(situation(region))
    measured = _Measured(shown)
    lines = [line for line in current_lines(region, on) if line.wait is not None]
    groups: dict[tuple[str, str, str], list[OfferLine]] = {}
    for line in lines:
        until = line.wait.until if line.wait is not None else ""
        groups.setdefault((line.provider, line.care_form, until), []).append(line)
    rows = [_compared(found, measured) for _key, found in sorted(groups.items())]
    return Comparison(
        known=shown.on if shown else None,
        first=shown.first if shown else None,
        rows=rows,
        forms=_forms(lines, measured),
        published=_published(region, measured),
        mark=register_mark(lines),
    )


def _compared(lines: Sequence[OfferLine], measured: _Measured) -> ComparedWait:
    first, waits = lines[0], [line.wait for line in lines if line.wait is not None]
    days, until = [wait.days for wait in waits], WaitUntil(waits[0].until)
    keys = [(Split.PROVIDER, first.provider_code), (Split.FORM, first.care_form)]
    clock, (of_provider, of_form) = measured.nearest(until, keys)
    stated_on = max(wait.stated_on for wait in waits)
    return ComparedWait(
        provider_code=first.provider_code,
        provider=first.provider,
        form=first.care_form,
        form_label=first.care_form_label,
        until=until.value,
        until_label=str(until.label),
        offers=len(lines),
        stated_low=min(days),
        stated_high=max(days),
        stated_on=stated_on,
        source_labels=sorted({wait.source_label for wait in waits}),
        clock=clock,
        of_provider=of_provider,
        of_form=of_form,
        reasons=_reasons(until, clock, stated_on, measured.shown),
    )


def _reasons(
    until: WaitUntil, clock: Clock | None, stated_on: date, shown: WaitingOverview | None
) -> Sequence[Reason]:
    if clock is None or shown is None:
        return (Reason.NOT_SHOWN,)
    found = [Reason.OTHER_BEGIN] if clock is Clock.W1 else []
    if until is WaitUntil.INTAKE:
        found.append(Reason.OTHER_END)
    found.append(Reason.MORE_FORMS)
    if not shown.first <= stated_on <= shown.on:
        found.append(Reason.OTHER_TIME)
    return found


def _forms(lines: Sequence[OfferLine], measured: _Measured) -> Sequence[ComparedForm]:
    """Stated waits until the start of help, by form."""
    found = []
    for form in OfferedForm:
        those = [
            line
            for line in lines
            if line.care_form == form and line.wait and line.wait.until == WaitUntil.START
        ]
        if not those:
            continue
        days = [line.wait.days for line in those if line.wait is not None]
        clock, (line,) = measured.nearest(WaitUntil.START, [(Split.FORM, form.value)])
        found.append(
            ComparedForm(
                form=form.value,
                label=str(form.label),
                providers=len({line.provider_code for line in those}),
                stated_low=min(days),
                stated_high=max(days),
                clock=clock,
                measured=line,
            )
        )
    return found


def _published(region: Region, measured: _Measured) -> Sequence[PublishedWait]:
    """Statements on pages of providers that the register knows by the same name."""
    codes = {title.casefold(): (code, title) for code, title in provider_names(region).items()}
    groups: dict[tuple[str, str, str], list[StatementLine]] = {}
    whole: dict[tuple[str, str], list[StatementLine]] = {}
    for line in stated_waiting_times(region, WaitingFilter()) if codes else ():
        known = codes.get(line.provider.casefold())
        if known is None:
            continue
        told = [
            wait
            for wait in (line.to_intake, line.to_treatment)
            if wait.counts and wait.low_weeks is not None
        ]
        for wait in told:
            groups.setdefault((*known, wait.clock), []).append(line)
        if len(told) > 1:
            whole.setdefault(known, []).append(line)
    rows = [_published_row(key, found) for key, found in sorted(groups.items())]
    both = [_published_whole(key, found, measured) for key, found in sorted(whole.items())]
    # By provider, both clocks together after each of them.
    return sorted([*rows, *both], key=lambda row: row.provider_code)


def _published_whole(
    key: tuple[str, str], lines: Sequence[StatementLine], measured: _Measured
) -> PublishedWait:
    """Until the intake and from there to treatment, added for each offer."""
    code, title = key
    waits = [(line.to_intake, line.to_treatment) for line in lines]
    clock, (of_provider,) = measured.nearest(WaitUntil.START, [(Split.PROVIDER, code)])
    return PublishedWait(
        provider_code=code,
        provider=title,
        until=PublishedUntil.BOTH,
        clock_label=gettext("Until treatment, both together"),
        offers=len(lines),
        low=round(7 * min(sum(wait.low_weeks or 0 for wait in pair) for pair in waits)),
        high=round(
            7 * max(sum(wait.high_weeks or wait.low_weeks or 0 for wait in pair) for pair in waits)
        ),
        stated_on=max(line.stated_on for line in lines),
        clock=clock,
        measured=of_provider,
    )


def _published_row(key: tuple[str, str, str], lines: Sequence[StatementLine]) -> PublishedWait:
    code, title, clock = key
    waits = [
        wait
        for line in lines
        for wait in (line.to_intake, line.to_treatment)
        if wait.clock == clock
    ]
    weeks = [
        value for wait in waits for value in (wait.low_weeks, wait.high_weeks) if value is not None
    ]
    return PublishedWait(
        provider_code=code,
        provider=title,
        until=PublishedUntil(clock),
        clock_label=waits[0].clock_label,
        offers=len(lines),
        low=round(min(weeks) * 7),
        high=round(max(weeks) * 7),
        stated_on=max(line.stated_on for line in lines),
    )
