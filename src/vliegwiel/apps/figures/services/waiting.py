"""Takes a file of published waiting times: whole, or nothing of it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from vliegwiel import reference
from vliegwiel.apps.figures.errors import DeliveryRefused
from vliegwiel.apps.figures.findings import Finding, warnings
from vliegwiel.apps.figures.models import (
    StatedWait,
    WaitingTimeDelivery,
    WaitingTimeStatement,
)
from vliegwiel.apps.figures.published_waiting import Statement, Wait, read_delivery
from vliegwiel.apps.figures.vocabulary import Clock
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import require


@dataclass(frozen=True, slots=True)
class WaitingTimesDelivered:
    """What a delivery brought. `was_new` is False where the same file had been taken before."""

    name: str
    delivery_id: int
    was_new: bool
    rows: int
    rows_for_youth: int
    findings: Sequence[Finding] = ()


@transaction.atomic
def deliver_waiting_times(
    *, region: Region, name: str, content: bytes, by: User
) -> WaitingTimesDelivered:
    """Takes a JSON file of published waiting times for `region`.

    The same file again changes nothing. Raises DeliveryRefused with every finding when one is an
    error, and NotAllowed without the right to deliver.
    """
    require(by, "waiting_times.deliver", region)
    content_hash = hashlib.sha256(content).hexdigest()
    delivery, findings = read_delivery(content, name=name, region_code=region.code)
    if delivery is None:
        raise DeliveryRefused(name, findings)
    kept, was_new = WaitingTimeDelivery.objects.get_or_create(
        region=region,
        content_hash=content_hash,
        defaults={
            "name": name[:200],
            "generated_at": delivery.generated_at,
            "loaded_by": by,
            "warnings": [_stored(finding) for finding in warnings(findings)],
        },
    )
    if was_new:
        _keep_statements(kept, delivery.statements)
    return WaitingTimesDelivered(
        name=name,
        delivery_id=kept.pk,
        was_new=was_new,
        rows=len(delivery.statements),
        rows_for_youth=sum(statement.is_for_youth for statement in delivery.statements),
        findings=findings,
    )


@transaction.atomic
def load_shipped_waiting_times(*, region: Region, by: User) -> Sequence[WaitingTimesDelivered]:
    """Takes the files that ship for `region`, oldest first; none ship for most regions."""
    return [
        deliver_waiting_times(region=region, name=file.name, content=file.content, by=by)
        for file in reference.published_waiting_time_files(region.slug)
    ]


def _keep_statements(delivery: WaitingTimeDelivery, statements: Sequence[Statement]) -> None:
    kept = WaitingTimeStatement.objects.bulk_create(
        _statement(statement, delivery) for statement in statements
    )
    StatedWait.objects.bulk_create(
        _wait(wait, row, clock)
        for statement, row in zip(statements, kept, strict=True)
        for clock, wait in (
            (Clock.TO_INTAKE, statement.to_intake),
            (Clock.TO_TREATMENT, statement.to_treatment),
        )
    )


def _statement(statement: Statement, delivery: WaitingTimeDelivery) -> WaitingTimeStatement:
    return WaitingTimeStatement(
        delivery=delivery,
        position=statement.position,
        offer_key=statement.key,
        provider=statement.provider,
        offer=statement.offer,
        kinds=[str(kind) for kind in statement.kinds],
        place=statement.place.text,
        place_text=statement.place_text,
        municipalities=list(statement.place.municipalities),
        whole_region=statement.place.whole_region,
        target_groups=[str(group) for group in statement.target_groups],
        is_for_youth=statement.is_for_youth,
        is_crisis=statement.is_crisis,
        expertise=list(statement.expertise),
        funding=statement.funding,
        nature=statement.nature,
        explanation=statement.explanation,
        page=statement.page,
        stated_on=statement.stated_on,
        month_only=statement.month_only,
        observation=statement.observation,
        checked_at=statement.checked_at,
    )


def _wait(wait: Wait, statement: WaitingTimeStatement, clock: Clock) -> StatedWait:
    return StatedWait(
        statement=statement,
        clock=clock,
        kind=wait.kind,
        basis=wait.basis,
        low_weeks=_rounded(wait.low),
        high_weeks=_rounded(wait.high),
        unit=wait.unit,
        approximate=wait.approximate,
        remark=wait.remark,
        raw_text=wait.raw_text or "",
        raw_number="" if wait.raw_number is None else str(wait.raw_number),
    )


def _rounded(weeks: Decimal | None) -> Decimal | None:
    # The column keeps four decimals; the number as delivered stays beside it.
    return None if weeks is None else weeks.quantize(Decimal("0.0001"))


def _stored(finding: Finding) -> Mapping[str, Any]:
    return {
        "path": finding.path,
        "code": finding.code,
        "params": dict(finding.params),
        "about": finding.about,
    }
