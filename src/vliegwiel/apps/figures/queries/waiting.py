"""Reads published waiting times: a list with filters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet

from vliegwiel.apps.figures.findings import Finding
from vliegwiel.apps.figures.models import (
    StatedWait,
    WaitingTimeDelivery,
    WaitingTimeStatement,
)
from vliegwiel.apps.figures.published_waiting import RULES, Wait
from vliegwiel.apps.figures.published_waiting.values import Basis
from vliegwiel.apps.figures.vocabulary import (
    Clock,
    HelpKind,
    Observation,
    TargetGroup,
    WaitKind,
)
from vliegwiel.apps.regions.models import Municipality, Region

from .wait_words import wait_words


@dataclass(frozen=True, slots=True)
class WaitingFilter:
    """What to show. Empty means all; `for_youth` leaves out offers for adults only.

    `kind` is a HelpKind, `municipality` a CBS code (offers for the whole region included),
    `text` is searched in provider, offer and expertise.
    """

    kind: str = ""
    municipality: str = ""
    provider: str = ""
    text: str = ""
    for_youth: bool = True


@dataclass(frozen=True, slots=True)
class OffersForYouth:
    """The offers for youths in a delivery: `calm` and `crisis` add up to `offers`.

    So do `observed`, `kept` and `default`: how the statements were found.
    """

    offers: int
    crisis: int
    observed: int
    kept: int
    default: int

    @property
    def calm(self) -> int:
        """All but crisis help."""
        return self.offers - self.crisis


@dataclass(frozen=True, slots=True)
class DeliveryInfo:
    """A delivery as a page names it. `findings` are the warnings that were kept with it.

    `observed`, `kept` and `default` are of all `rows`; `youth` is of those for youths.
    """

    id: int
    name: str
    generated_at: datetime
    loaded_at: datetime
    rows: int
    rows_for_youth: int
    observed: int
    kept: int
    default: int
    youth: OffersForYouth
    findings: Sequence[Finding] = field(default_factory=tuple)

    @property
    def rows_for_adults(self) -> int:
        """Rows for adults only."""
        return self.rows - self.rows_for_youth


@dataclass(frozen=True, slots=True)
class WaitLine:
    """One clock of one offer. `words` is a short text in the reader's language; `raw_text` holds
    the provider's own words, where there are any."""

    clock: str
    clock_label: str
    kind: str
    kind_label: str
    low_weeks: Decimal | None
    high_weeks: Decimal | None
    middle_weeks: Decimal | None
    counts: bool
    words: str
    raw_text: str


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One offer of one provider as stated in one delivery."""

    id: int
    offer_key: str
    provider: str
    offer: str
    kinds: Sequence[str]
    kind_labels: Sequence[str]
    place: str
    target_labels: Sequence[str]
    is_for_youth: bool
    is_crisis: bool
    expertise: Sequence[str]
    funding: str
    to_intake: WaitLine
    to_treatment: WaitLine
    explanation: str
    page: str
    stated_on: date
    month_only: bool
    observation: str
    observation_label: str


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class WaitingChoices:
    """What the filters can be set to, from the delivery itself."""

    kinds: Sequence[Choice]
    municipalities: Sequence[Choice]
    providers: Sequence[Choice]


def latest_delivery(region: Region) -> DeliveryInfo | None:
    """The delivery made last, whenever it was loaded; None where there is none."""
    found = waiting_deliveries(region, limit=1)
    return found[0] if found else None


def waiting_deliveries(region: Region, *, limit: int = 50) -> Sequence[DeliveryInfo]:
    """Deliveries, the one made last first."""
    youth = Q(statements__is_for_youth=True)
    found_as = {kind: Q(statements__observation=kind) for kind in Observation}
    deliveries = WaitingTimeDelivery.objects.filter(region=region).annotate(
        rows=Count("statements"),
        rows_for_youth=Count("statements", filter=youth),
        crisis=Count("statements", filter=youth & Q(statements__is_crisis=True)),
        **{str(kind): Count("statements", filter=is_so) for kind, is_so in found_as.items()},
        **{
            f"youth_{kind}": Count("statements", filter=youth & is_so)
            for kind, is_so in found_as.items()
        },
    )
    # Counting drops the order that the table has of itself.
    newest_first = deliveries.order_by("-generated_at", "-pk")
    return [_delivery_info(delivery) for delivery in newest_first[:limit]]


def _delivery_info(delivery: Any) -> DeliveryInfo:
    """From a delivery with its counts."""
    return DeliveryInfo(
        id=delivery.pk,
        name=delivery.name,
        generated_at=delivery.generated_at,
        loaded_at=delivery.loaded_at,
        rows=delivery.rows,
        rows_for_youth=delivery.rows_for_youth,
        observed=delivery.observed,
        kept=delivery.kept,
        default=delivery.default,
        youth=OffersForYouth(
            offers=delivery.rows_for_youth,
            crisis=delivery.crisis,
            observed=delivery.youth_observed,
            kept=delivery.youth_kept,
            default=delivery.youth_default,
        ),
        findings=_findings(delivery),
    )


def stated_waiting_times(
    region: Region, wanted: WaitingFilter, *, delivery_id: int | None = None
) -> Sequence[StatementLine]:
    """Offers of the last delivery (or of `delivery_id`) that fit `wanted`, by provider."""
    return [statement_line(row) for row in statements(region, wanted, delivery_id=delivery_id)]


def waiting_choices(region: Region) -> WaitingChoices:
    """The kinds, municipalities and providers that occur in the last delivery, for youths."""
    rows = list(statements(region, WaitingFilter()))
    kinds = {kind for row in rows for kind in row.kinds}
    codes = {code for row in rows for code in row.municipalities}
    names = dict(Municipality.objects.filter(code__in=codes).values_list("code", "name"))
    providers = sorted({row.provider for row in rows}, key=str.casefold)
    return WaitingChoices(
        kinds=[Choice(kind.value, str(kind.label)) for kind in HelpKind if kind in kinds],
        municipalities=[
            Choice(code, name) for code, name in sorted(names.items(), key=lambda item: item[1])
        ],
        providers=[Choice(provider, provider) for provider in providers],
    )


def statements(
    region: Region, wanted: WaitingFilter, *, delivery_id: int | None = None
) -> QuerySet[WaitingTimeStatement]:
    """The rows behind `stated_waiting_times`, with their waits."""
    deliveries = WaitingTimeDelivery.objects.filter(region=region)
    if delivery_id is not None:
        deliveries = deliveries.filter(pk=delivery_id)
    last = deliveries.values_list("pk", flat=True).first()
    conditions = Q(delivery_id=last)
    if wanted.for_youth:
        conditions &= Q(is_for_youth=True)
    if wanted.kind:
        conditions &= Q(kinds__contains=[wanted.kind])
    if wanted.municipality:
        conditions &= Q(municipalities__contains=[wanted.municipality]) | Q(whole_region=True)
    if wanted.provider:
        conditions &= Q(provider=wanted.provider)
    if wanted.text:
        conditions &= (
            Q(provider__icontains=wanted.text)
            | Q(offer__icontains=wanted.text)
            | Q(expertise__icontains=wanted.text)
        )
    return WaitingTimeStatement.objects.filter(conditions).prefetch_related("waits")


def statement_line(row: WaitingTimeStatement) -> StatementLine:
    waits = waits_by_clock(row)
    return StatementLine(
        id=row.pk,
        offer_key=row.offer_key,
        provider=row.provider,
        offer=row.offer,
        kinds=tuple(row.kinds),
        kind_labels=[str(HelpKind(kind).label) for kind in row.kinds],
        place=row.place,
        target_labels=[str(TargetGroup(group).label) for group in row.target_groups],
        is_for_youth=row.is_for_youth,
        is_crisis=row.is_crisis,
        expertise=tuple(row.expertise),
        funding=row.funding,
        to_intake=_wait_line(waits[Clock.TO_INTAKE], Clock.TO_INTAKE),
        to_treatment=_wait_line(waits[Clock.TO_TREATMENT], Clock.TO_TREATMENT),
        explanation=row.explanation,
        page=row.page,
        stated_on=row.stated_on,
        month_only=row.month_only,
        observation=row.observation,
        observation_label=row.get_observation_display(),
    )


def waits_by_clock(row: WaitingTimeStatement) -> Mapping[str, Wait]:
    """The kept waits of a statement as the typed values they were read as."""
    return {wait.clock: _wait(wait) for wait in row.waits.all()}


def _wait(kept: StatedWait) -> Wait:
    return Wait(
        kind=WaitKind(kept.kind),
        basis=Basis(kept.basis),
        low=kept.low_weeks,
        high=kept.high_weeks,
        unit=kept.unit,
        approximate=kept.approximate,
        remark=kept.remark,
        raw_text=kept.raw_text or None,
        raw_number=Decimal(kept.raw_number) if kept.raw_number else None,
    )


def _wait_line(wait: Wait, clock: Clock) -> WaitLine:
    return WaitLine(
        clock=str(clock),
        clock_label=str(clock.label),
        kind=str(wait.kind),
        kind_label=str(WaitKind(wait.kind).label),
        low_weeks=wait.low,
        high_weeks=wait.high,
        middle_weeks=wait.middle,
        counts=wait.is_known,
        words=wait_words(wait),
        raw_text=wait.raw_text or "",
    )


def _findings(delivery: WaitingTimeDelivery) -> Sequence[Finding]:
    # A rule that a later version dropped leaves no text; its finding is not shown any more.
    return tuple(
        Finding(
            file=delivery.name,
            path=kept["path"],
            rule=RULES[kept["code"]],
            params=kept["params"],
            about=kept.get("about", ""),
        )
        for kept in delivery.warnings
        if kept["code"] in RULES
    )
