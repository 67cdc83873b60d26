"""Requests of providers (verzoeken), what became of them, and who referred."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from vliegwiel.science.ijw import AssignmentRequest, Finding, RequestAnswer

from .assignments import Assignment, AssignmentKey, History
from .forms import JUDICIAL_FORMS, CareForms
from .rules import finding

#: Municipality, provider and (pseudonymised) reference.
RequestKey: TypeAlias = tuple[str, str, str]

_REJECTED, _INVESTIGATING = "1", "2"


class Granted(StrEnum):
    """What became of a request."""

    OPEN = "open"
    INVESTIGATING = "investigating"
    GRANTED = "granted"
    REJECTED = "rejected"


class Referrer(StrEnum):
    """Who referred a youth; ``unknown`` when the request is not in the delivery."""

    MUNICIPALITY = "municipality"
    GENERAL_PRACTITIONER = "general_practitioner"
    YOUTH_DOCTOR = "youth_doctor"
    CERTIFIED_INSTITUTION = "certified_institution"
    MEDICAL_SPECIALIST = "medical_specialist"
    NONE = "none"
    JUDGE = "judge_or_prosecutor"
    UNKNOWN = "unknown"


#: Type of referrer in a JW315 (COD327).
_REFERRERS: Mapping[str, Referrer] = {
    "01": Referrer.MUNICIPALITY,
    "02": Referrer.GENERAL_PRACTITIONER,
    "03": Referrer.YOUTH_DOCTOR,
    "04": Referrer.CERTIFIED_INSTITUTION,
    "05": Referrer.MEDICAL_SPECIALIST,
    "06": Referrer.NONE,
    "08": Referrer.JUDGE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """Who referred, and whether that is presumed because no request says it."""

    referrer: Referrer
    presumed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CareRequest:
    """A product that a provider asked for (JW315).

    ``asked`` is the date of the message, ``answered`` that of the last answer, ``reason`` why it
    was rejected (WJ759). ``assignments`` are those that carry its reference.
    """

    key: RequestKey
    youth: str
    provider: str
    form: str
    asked: date
    wished_begin: date
    referrer: Referrer
    state: Granted
    answered: date | None
    reason: str | None
    assignments: tuple[AssignmentKey, ...]


def requests_of(
    requests: Iterable[AssignmentRequest],
    answers: Iterable[RequestAnswer],
    assignments: Mapping[AssignmentKey, Assignment],
    *,
    forms: CareForms,
) -> tuple[Mapping[RequestKey, CareRequest], list[Finding]]:
    """Every request with what became of it, by municipality, provider and reference.

    It is granted when an assignment carries its reference, rejected or under investigation when an
    answer says so, and open otherwise. A removed assignment grants nothing.
    """
    findings: list[Finding] = []
    asked: dict[RequestKey, list[AssignmentRequest]] = defaultdict(list)
    for request in requests:
        message = request.message
        asked[message.municipality, message.provider, request.reference].append(request)
    answered: dict[RequestKey, list[RequestAnswer]] = defaultdict(list)
    for answer in answers:
        message = answer.message
        answered[message.municipality, message.provider, answer.reference].append(answer)
    for key in answered.keys() - asked.keys():
        findings += [finding("answer_without_request", item.message) for item in answered[key]]
    granting = _granting(assignments)
    found = {}
    for key, group in asked.items():
        first, *others = sorted(group, key=_order)
        findings += [finding("reference_twice", item.message) for item in others]
        found[key] = _request(key, first, answered.get(key, []), granting.get(key, []), forms)
        _judge_answers(answered.get(key, []), granting.get(key, []), findings)
    _missing_requests(granting, found, findings)
    return found, findings


def _order(request: AssignmentRequest) -> tuple[date, str, str, str]:
    message = request.message
    return message.dated, message.identification, request.category or "", request.product or ""


def _granting(
    assignments: Mapping[AssignmentKey, Assignment],
) -> dict[RequestKey, list[Assignment]]:
    found: dict[RequestKey, list[Assignment]] = defaultdict(list)
    for key in sorted(assignments):
        assignment = assignments[key]
        if not assignment.removed:
            for reference in assignment.references:
                found[assignment.municipality, assignment.provider, reference].append(assignment)
    return found


def _request(
    key: RequestKey,
    request: AssignmentRequest,
    answers: list[RequestAnswer],
    granting: list[Assignment],
    forms: CareForms,
) -> CareRequest:
    rejections = [item for item in answers if item.answer == _REJECTED]
    state = Granted.OPEN
    if granting:
        state = Granted.GRANTED
    elif rejections:
        state = Granted.REJECTED
    elif answers:
        state = Granted.INVESTIGATING
    reasons = sorted(item.reason for item in rejections if item.reason is not None)
    return CareRequest(
        key=key,
        youth=request.person.youth,
        provider=request.message.provider,
        form=forms.form_of(request.category, request.product),
        asked=request.message.dated,
        wished_begin=request.wished_begin,
        referrer=_REFERRERS.get(request.referrer or "", Referrer.UNKNOWN),
        state=state,
        answered=max((item.message.dated for item in answers), default=None),
        reason=reasons[0] if reasons and state is Granted.REJECTED else None,
        assignments=tuple(item.key for item in granting),
    )


def _judge_answers(
    answers: list[RequestAnswer], granting: list[Assignment], findings: list[Finding]
) -> None:
    investigations = sorted(
        (item for item in answers if item.answer == _INVESTIGATING),
        key=lambda item: (item.message.dated, item.message.identification),
    )
    findings += [finding("second_investigation", item.message) for item in investigations[1:]]
    if granting:
        first = min(assignment.sent for assignment in granting)
        late = [item for item in answers if item.message.dated > first]
        findings += [finding("answer_after_assignment", item.message) for item in late]


def _missing_requests(
    granting: Mapping[RequestKey, list[Assignment]],
    found: Mapping[RequestKey, CareRequest],
    findings: list[Finding],
) -> None:
    """References without a request, if the delivery has requests at all."""
    if not found:
        return
    for key in granting.keys() - found.keys():
        for assignment in granting[key]:
            carrying = [v for v in assignment.versions if v.reference == key[2]]
            findings += [finding("reference_unknown", v.message) for v in carrying]


def asked_on(
    assignment: Assignment, requests: Mapping[RequestKey, CareRequest]
) -> CareRequest | None:
    """The first request that an assignment answers, None when there is none here."""
    found = [
        requests[key]
        for reference in assignment.references
        if (key := (assignment.municipality, assignment.provider, reference)) in requests
    ]
    return min(found, key=lambda request: (request.asked, request.key), default=None)


def referral_of(assignment: Assignment, requests: Mapping[RequestKey, CareRequest]) -> Referral:
    """Who referred to an assignment, which should be the first of its line.

    Without a reference to a request it came from the access of the municipality, or from a judge
    where the help rests on an order. Both are presumed: some municipalities take in referrals of
    doctors by other ways than the messages.
    """
    request = asked_on(assignment, requests)
    if request is not None:
        return Referral(referrer=request.referrer, presumed=False)
    if assignment.references or assignment.history is History.CUT_OFF:
        return Referral(referrer=Referrer.UNKNOWN, presumed=False)
    judicial = assignment.form in JUDICIAL_FORMS
    return Referral(referrer=Referrer.JUDGE if judicial else Referrer.MUNICIPALITY, presumed=True)
