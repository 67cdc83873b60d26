"""From the messages of a region to a fitted care system: reading, deriving, fitting, testing.

The command and the background work take the same steps; each says before a step that it begins.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from vliegwiel.apps.explorer.errors import NothingToFit
from vliegwiel.apps.intake import queries
from vliegwiel.science.caresystem import CareSystem, Text
from vliegwiel.science.country import country_regions, region_care_system
from vliegwiel.science.fit import (
    Background,
    BackTest,
    FittedSystem,
    Visits,
    back_test,
    background_of,
    fit_care_system,
    observed_from,
    observed_until,
    rounded_count,
    shown_back_test,
    visits_of_trajectories,
)
from vliegwiel.science.kernel import Month
from vliegwiel.science.trajectories import derive

if TYPE_CHECKING:
    from collections.abc import Callable

    from vliegwiel.apps.regions.models import Region
    from vliegwiel.science.ijw import Record
    from vliegwiel.science.trajectories import Trajectories

#: With less than half a year there is hardly an end of care, and no telling what is usual.
_LEAST_MONTHS = 6
_RECORDS_BETWEEN_LOOKS = 5000


def _on() -> None:
    """For who never stops."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FitSettings:
    """What somebody asked for; days that are None follow from the messages.

    `months` is the most that count, `held_back` those held back for a test, 0 for no test; `grace`
    is in days.
    """

    begin: date | None = None
    until: date | None = None
    months: int = 36
    held_back: int = 12
    grace: float = 14.0
    replications: int = 200
    seed: int = 1
    threads: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """What came of fitting a region, without counts of fewer than ten youths.

    `tested` is None when nothing was held back.
    """

    region: Region
    begin: date
    until: date
    known: date
    visits: int
    fitted: FittedSystem
    tested: BackTest | None


class FitWork:
    """The steps, in order, each of which leaves what the next ones need and says what it found."""

    def __init__(self, region: Region, like: CareSystem, settings: FitSettings) -> None:
        self.region, self.like, self.settings = region, like, settings
        self._records: list[Record] = []
        self._found: Trajectories
        self._visits: Visits
        self._fitted: FittedSystem
        self._tested: BackTest | None = None
        self._known: date
        self._begin: date
        self._until: date
        self._background: Background

    def read(self, look: Callable[[], None] = _on) -> str:
        """All records, in memory: every step looks at all of them.

        `look` is called now and then, and may raise to stop. Raises NothingToFit when there are no
        messages.
        """
        # Closed here and now: a cursor that is cleaned up later waits for the connection for ever.
        with closing(queries.records_of(self.region)) as rows:
            for number, record in enumerate(rows):
                if number % _RECORDS_BETWEEN_LOOKS == 0:
                    look()
                self._records.append(record)
        if not self._records:
            raise NothingToFit(
                "messages",
                _("There are no care messages of this region. First: vliegwiel deliver"),
            )
        self._known = max(record.message.dated for record in self._records)
        return str(len(self._records))

    def derive(self) -> str:
        """Trajectories and visits, between the days of which everything is known.

        Raises NothingToFit when these are too few.
        """
        self._found = derive(self._records, known=self._known)
        asked = self.settings
        until = asked.until or observed_until(self._found)
        first = Month.of(until).plus(-asked.months).first_day
        self._begin = asked.begin or max(first, observed_from(self._records))
        whole = Month.of(until).minus(Month.of(self._begin))
        if not self._begin < until <= self._known + timedelta(days=1) or whole < _LEAST_MONTHS:
            words = _("From %(begin)s to %(until)s there are not enough months to fit to.")
            raise NothingToFit("months", words % {"begin": self._begin, "until": until})
        self._until = until
        every = visits_of_trajectories(self._found, begin=self._begin)
        self._visits = every.before(until) if until != every.end else every
        return str(len(self._visits))

    def fit(self) -> str:
        """The care system. Raises ValueError and DocumentError, as `fit_care_system`."""
        self._background = _background(self.like, self.region, self._known)
        self._fitted = fit_care_system(self._visits, self._background, grace=self.settings.grace)
        return str(len(self._fitted.parts))

    @property
    def can_be_tested(self) -> bool:
        """Whether enough months are left to hold back those that were asked for."""
        months = Month.of(self._until).minus(Month.of(self._begin))
        return 0 < self.settings.held_back < months - 1

    def test(self) -> str:
        """The months that were held back, forecast with what was known when one could have."""
        asked = self.settings
        cut = Month.of(self._until).plus(-asked.held_back).first_day
        # The same days as now are waited for messages that come late.
        then = cut + (self._known - self._until)
        before = derive(self._records, known=then)
        known = visits_of_trajectories(before, begin=self._begin)
        tested = back_test(
            self._visits,
            self._background,
            months=asked.held_back,
            replications=asked.replications,
            seed=asked.seed,
            grace=asked.grace,
            threads=asked.threads,
            known=known.before(cut) if known.end != cut else known,
        )
        self._tested = shown_back_test(tested)
        return ""

    def outcome(self) -> Fitted:
        """What came of the steps."""
        return Fitted(
            region=self.region, begin=self._begin, until=self._until, known=self._known,
            visits=rounded_count(len(self._visits)), fitted=self._fitted, tested=self._tested,
        )  # fmt: skip


def system_by_size(region: Region) -> CareSystem | None:
    """A care system for a region of its size, where the country is known to have this region."""
    sized = next((one for one in country_regions() if one.code == region.code), None)
    return None if sized is None else region_care_system(sized)


def _background(like: CareSystem, region: Region, known: date) -> Background:
    return background_of(
        like,
        name=f"{region.slug}-fit",
        version=f"fit-{known.isoformat()}",
        title=Text(
            nl=f"Jeugdzorg in {region.name}, geschat uit berichten",
            en=f"Youth care in {region.name}, fitted to messages",
        ),
        data=_("Care messages (iJw) of %(region)s") % {"region": region.name},
        publisher=region.name,
    )
