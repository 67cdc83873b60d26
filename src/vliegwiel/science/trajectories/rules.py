"""What messages can say against each other: every check by name, with its weight and its words.

Numbers in brackets are the return codes of the standard (WJ001) for the same fault. The sentences
are also the message ids of the translations.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from vliegwiel.science.ijw import Envelope, Finding, Severity

_R, _W, _N = Severity.RECORD, Severity.WARNING, Severity.NOTE

#: Rule -> English sentence with named parameters.
TRAJECTORY_MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        # Messages
        "message_conflict": (
            "This message has the same number as an earlier one and says something else; the "
            "earlier one counts (9056)."
        ),
        "return_conflict": "This message was both accepted and rejected; it counts as rejected.",
        # Assignments
        "assignment_of_another": (
            "The number of this assignment belongs to another youth; it is set aside (9332)."
        ),
        "versions_differ": (
            "Two versions of this assignment were decided at the same moment and differ; the one "
            "that was sent last counts."
        ),
        "history_cut_off": (
            "The first version here already has a reason for change (%(reason)s): when it was "
            "first decided is not known."
        ),
        "reference_unknown": "The request that this assignment refers to is not here (9379).",
        "extension_new_number": (
            "This assignment extends another one under a new number; the same number was due."
        ),
        "removed_with_declarations": "This assignment was removed, and care on it declared (9385).",
        "person_differs": ("The same youth has another month of birth or sex in another message."),
        # Starts and stops
        "unknown_assignment": (
            "The assignment of this record is not here; it is set aside (9019)."
        ),
        "on_removed_assignment": "The assignment of this record was removed; it is set aside.",
        "delete_without_insert": (
            "This record deletes something that was never sent, or before the delivery (9063)."
        ),
        "insert_twice": "This record was sent %(times)s times; it counts once (9074).",
        "deleted_start_has_stop": (
            "A start was deleted while its stop stands; the stop gives the start (9071)."
        ),
        "stop_without_start": (
            "There is no start with the same product and first day; the stop gives it (9069)."
        ),
        "start_while_current": (
            "There was a start already, without a stop; the one before ends the day before (9326)."
        ),
        "second_temporary_stop": "This start has more than one temporary stop; the first counts.",
        "second_final_stop": "This start has more than one final stop; the first counts.",
        "final_before_temporary": "The final stop lies before the temporary one.",
        "outside_assignment": "Start or stop lies outside the period of the assignment.",
        "other_product": "The product differs from that of the assignment.",
        "other_provider": "The sender is not the provider of the assignment.",
        "other_assigned_from": (
            "The first day of the assignment that is written here is not that of the assignment."
        ),
        # Requests and answers
        "reference_twice": "A reference was used for more than one request (9347).",
        "answer_without_request": "The request of this answer is not here; it is set aside (9355).",
        "answer_after_assignment": "The request was answered after it was granted.",
        "second_investigation": "The request was put under investigation twice.",
        "change_of_unknown": "The assignment that should change is not here.",
        # Declarations
        "line_of_another": (
            "The assignment of this line belongs to another youth; it is set aside (8187)."
        ),
        "line_twice": "The number of this line was used before; it counts once (8021).",
        "credit_without_debit": "This line takes back a line that is not here.",
        "line_on_removed": "This line is about an assignment that was removed.",
        "line_on_unknown": "This line is about an assignment that is not here.",
        "line_other_category": "The category of this line is not that of the assignment.",
    }
)

_WEIGHTS: Mapping[str, Severity] = MappingProxyType(
    {
        "message_conflict": Severity.MESSAGE,
        "assignment_of_another": _R,
        "unknown_assignment": _R,
        "on_removed_assignment": _R,
        "answer_without_request": _R,
        "line_of_another": _R,
        "history_cut_off": _N,
        "reference_unknown": _N,
        "extension_new_number": _N,
        "other_assigned_from": _N,
    }
)


def finding(rule: str, message: Envelope, /, **params: object) -> Finding:
    """What a rule found about a message, with the message as the place."""
    return Finding(
        rule=rule,
        severity=_WEIGHTS.get(rule, _W),
        file=message.file,
        path=f"{message.code} {message.identification}",
        params={name: str(value) for name, value in params.items()},
    )


def in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """Findings in an order that does not depend on that of the messages."""
    return tuple(sorted(findings, key=lambda f: (f.file, f.path, f.rule, sorted(f.params.items()))))
