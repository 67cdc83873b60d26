"""Pilots of an initiative, a plan as it stands, and its risks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from vliegwiel.apps.figures import in_language
from vliegwiel.apps.pilots.models import Amendment, Pilot, RiskVersion
from vliegwiel.apps.pilots.services.planning import fingerprint
from vliegwiel.apps.pilots.vocabulary import Grade, RiskKind, RiskStatus


@dataclass(frozen=True, slots=True)
class PilotLine:
    """A pilot as a list shows it; `registered_at` is None for a draft."""

    id: int
    title: str
    starts_on: date | None
    ends_on: date | None
    registered_at: datetime | None


@dataclass(frozen=True, slots=True)
class GroupLine:
    key: str
    name: str
    municipality: str
    treated: bool
    starts_on: date | None


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """An outcome of a plan; `version` is the row of the version of its indicator.

    `indicator` is its key, `number` the number of that version.
    """

    id: int
    version: int
    indicator: str
    number: int
    name: str
    unit: str
    kind: str
    better: str
    level: str
    smallest_relevant: float
    relevant_per_cent: bool
    claim: str
    expected: tuple[float, float, float] | None


@dataclass(frozen=True, slots=True)
class AmendmentLine:
    number: int
    subject: str
    subject_label: str
    was: str
    becomes: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan with what was changed since; `untouched` says that it is what was registered."""

    id: int
    initiative: int
    title: str
    version: int
    starts_on: date | None
    ends_on: date | None
    design: str
    lot: str
    alpha: float
    tuning_size: int | None
    reach: str
    analysis: str
    stop_rule: str
    groups: tuple[GroupLine, ...]
    outcomes: tuple[OutcomeLine, ...]
    registered_at: datetime | None
    registered_by: str
    fingerprint: str
    untouched: bool
    amendments: tuple[AmendmentLine, ...]


@dataclass(frozen=True, slots=True)
class RiskLine:
    """A risk as it stands; `weight` is 1 to 9, chance times how bad."""

    risk: int
    number: int
    kind: str
    title: str
    chance: str
    impact: str
    weight: int
    early_sign: str
    owner: str
    measure: str
    status: str
    at: datetime

    @property
    def kind_label(self) -> str:
        return str(RiskKind(self.kind).label)

    @property
    def chance_label(self) -> str:
        return str(Grade(self.chance).label)

    @property
    def impact_label(self) -> str:
        return str(Grade(self.impact).label)

    @property
    def status_label(self) -> str:
        return str(RiskStatus(self.status).label)


_GRADES = {"small": 1, "middle": 2, "large": 3}


def pilots_of(initiative_id: int) -> Sequence[PilotLine]:
    """The pilots of an initiative, the newest first."""
    return [
        PilotLine(one.pk, one.title, one.starts_on, one.ends_on, one.registered_at)
        for one in Pilot.objects.filter(initiative=initiative_id)
    ]


def plan_of(pilot_id: int) -> Plan | None:
    """A plan with its groups, outcomes and amendments; None without one."""
    pilot = Pilot.objects.select_related("registered_by").filter(pk=pilot_id).first()
    if pilot is None:
        return None
    return Plan(
        id=pilot.pk,
        initiative=pilot.initiative_id,
        title=pilot.title,
        version=pilot.version,
        starts_on=pilot.starts_on,
        ends_on=pilot.ends_on,
        design=pilot.design,
        lot=pilot.lot,
        alpha=pilot.alpha,
        tuning_size=pilot.tuning_size,
        reach=pilot.reach,
        analysis=pilot.analysis,
        stop_rule=pilot.stop_rule,
        groups=tuple(
            GroupLine(one.key, one.name, one.municipality, one.treated, one.starts_on)
            for one in pilot.groups.all()
        ),
        outcomes=_outcomes(pilot),
        registered_at=pilot.registered_at,
        registered_by=str(pilot.registered_by or ""),
        fingerprint=pilot.fingerprint,
        untouched=pilot.fingerprint == "" or pilot.fingerprint == fingerprint(pilot),
        amendments=tuple(map(_amendment, pilot.amendments.select_related("by"))),
    )


def risks_of(pilot_id: int, *, closed: bool = False) -> Sequence[RiskLine]:
    """How each risk stands now, the heaviest first; closed ones only when asked."""
    pilot = Pilot.objects.get(pk=pilot_id)
    newest = pilot.risks.order_by("risk", "-number").distinct("risk")
    lines = [risk_line(one) for one in newest if closed or one.status != RiskStatus.CLOSED]
    return sorted(lines, key=lambda one: (-one.weight, one.risk))


def risk_line(one: RiskVersion) -> RiskLine:
    """A version of a risk, with its weight."""
    return RiskLine(
        *(one.risk, one.number, one.kind, one.title, one.chance, one.impact),
        _GRADES[one.chance] * _GRADES[one.impact],
        *(one.early_sign, one.owner, one.measure, one.status, one.at),
    )


def _outcomes(pilot: Pilot) -> tuple[OutcomeLine, ...]:
    found = []
    for one in pilot.outcomes.select_related("version__indicator"):
        version = one.version
        band = (one.expected_low, one.expected, one.expected_high)
        low, likely, high = band
        known = None if low is None or likely is None or high is None else (low, likely, high)
        found.append(
            OutcomeLine(
                id=one.pk,
                version=one.version_id,
                indicator=version.indicator.key,
                number=version.number,
                name=in_language(nl=version.name_nl, en=version.name_en or version.name_nl),
                unit=in_language(nl=version.unit_nl, en=version.unit_en or version.unit_nl),
                kind=version.kind,
                better=version.better,
                level=version.level,
                smallest_relevant=one.smallest_relevant,
                relevant_per_cent=one.relevant_per_cent,
                claim=one.claim,
                expected=known,
            )
        )
    return tuple(found)


def _amendment(one: Amendment) -> AmendmentLine:
    return AmendmentLine(
        *(one.number, one.subject, one.get_subject_display(), one.was, one.becomes),
        *(one.reason, str(one.by), one.at),
    )
