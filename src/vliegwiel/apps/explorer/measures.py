"""What a forecast measures, in words: one table for pages, files and commands."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
_PERCENT = 100.0
_MORE, _LESS = _("more"), _("less")


@dataclass(frozen=True, slots=True)
class Measure:
    """How a measure is called, and how its numbers are shown: times `factor`, in `unit`.

    `good` is -1 where less is better, 1 where more is, and 0 where that is not for us to judge.
    """

    key: str
    label: Words
    unit: Words
    factor: float = 1.0
    decimals: int = 0
    #: Of a change over a whole period, which is known better than the number of one month.
    change_decimals: int = 0
    good: int = 0
    more: Words = _MORE
    less: Words = _LESS
    #: Only for care types where youths can wait.
    limited: bool = False
    #: Unit and factor in files, where they differ from those on a page.
    in_files: tuple[Words, float] | None = None

    def show(self, value: float | None) -> float | None:
        return None if value is None else value * self.factor

    @property
    def title(self) -> str:
        return f"{self.label} ({self.unit})"

    @property
    def file_unit(self) -> Words:
        return self.in_files[0] if self.in_files else self.unit

    @property
    def file_factor(self) -> float:
        return self.in_files[1] if self.in_files else self.factor


def _wait(key: str, label: Words) -> Measure:
    more, less = _("longer wait"), _("shorter wait")
    return Measure(
        key, label, _("days"), change_decimals=1, good=-1, more=more, less=less, limited=True
    )


MEASURES: Mapping[str, Measure] = {
    measure.key: measure
    for measure in (
        _wait("waiting_time", _("Waiting time of youths who start")),
        _wait("waiting_time_median", _("Waiting time that half of the youths stay under")),
        _wait("waiting_time_p90", _("Waiting time that 9 of 10 youths stay under")),
        _wait("wait_so_far", _("Days waited so far by youths who still wait")),
        Measure(
            "waiting_list",
            _("Waiting list"),
            _("youths"),
            good=-1,
            more=_("longer list"),
            less=_("shorter list"),
            limited=True,
        ),
        Measure("in_care", _("Youths in care"), _("youths")),
        Measure(
            "cost",
            _("Cost"),
            _("thousand euros a month"),
            factor=0.001,
            more=_("dearer"),
            less=_("cheaper"),
            in_files=(_("euros a month"), 1.0),
        ),
        Measure("arrivals", _("Youths who come"), _("youths a month")),
        Measure("starts", _("Youths who start"), _("youths a month")),
        Measure("ends", _("Youths whose care ends"), _("youths a month")),
        Measure(
            "leaving",
            _("Youths who stop waiting"),
            _("youths a month"),
            decimals=1,
            good=-1,
            limited=True,
        ),
        Measure("succeeded", _("Youths whose care ends with success"), _("youths a month")),
        Measure("aged_out", _("Youths who become too old"), _("youths a month"), decimals=1),
        Measure(
            "share_within_norm",
            _("Starts within the norm"),
            _("percent"),
            factor=_PERCENT,
            good=1,
            limited=True,
        ),
        Measure("utilisation", _("Use of places"), _("percent"), factor=_PERCENT, limited=True),
    )
}
