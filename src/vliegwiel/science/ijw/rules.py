"""The checks of one file and one message: what each does to what it finds, and the words for it.

The standard numbers its rules: RS a restriction, CS a constraint, CD a condition, TR a technical
rule, OP a business rule, IV an instruction. A check without numbers is our own. Checks that need
several messages belong to trajectories.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .records import Severity

F, M, R, W, N = Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """A check: what a finding of it does, and the rules of the standard that it carries out."""

    severity: Severity
    numbers: tuple[str, ...] = ()


def _rule(severity: Severity, numbers: str = "") -> Rule:
    return Rule(severity, tuple(numbers.split()))


#: Every check by its id.
RULES: Mapping[str, Rule] = MappingProxyType(
    {
        # The file
        "empty_file": _rule(F),
        "too_large": _rule(F),
        "not_xml": _rule(F),
        "not_well_formed": _rule(F),
        "encoding_refused": _rule(F, "OP192"),
        "has_dtd": _rule(F),
        "unknown_root": _rule(F, "RS047"),
        "unknown_release": _rule(F, "RS047"),
        "archive_broken": _rule(F),
        "archive_locked": _rule(F),
        "archive_empty": _rule(F),
        "archive_nested": _rule(F),
        "archive_too_many": _rule(F),
        "archive_too_large": _rule(F),
        "archive_too_dense": _rule(F),
        "byte_order_mark": _rule(W, "OP192"),
        "other_encoding": _rule(W, "OP192"),
        "message_large": _rule(W, "OP179"),
        "envelope": _rule(N),
        "several_messages": _rule(N),
        # The form of a message
        "structure": _rule(M),
        "structure_more": _rule(M),
        "attribute": _rule(M),
        "loose_text": _rule(M),
        "message_value": _rule(M),
        "value": _rule(R),
        "no_such_date": _rule(R),
        "bsn_length": _rule(R, "RS037"),
        "empty_element": _rule(W, "RS033"),
        "zone": _rule(W, "RS032 RS034"),
        # The header
        "other_code": _rule(M, "RS047"),
        "other_version": _rule(M, "CS025 CS015"),
        "schema_version": _rule(N, "RS048"),
        "outside_region": _rule(R),
        "unknown_municipality": _rule(W, "TR378"),
        "message_in_future": _rule(W, "TR135"),
        "before_release": _rule(N),
        # The person
        "bsn_test": _rule(R, "CS002 RS037"),
        "bsn_of_tests": _rule(W),
        "birth_use": _rule(W, "CS139 IV009"),
        "birth_in_future": _rule(W),
        "too_old": _rule(W, "TR002"),
        "adult": _rule(W),
        # Products, wherever they stand
        "end_before_begin": _rule(R, "CS003"),
        "product_missing": _rule(W, "CD079"),
        "size_missing": _rule(W, "CD041"),
        "size_and_budget": _rule(W, "CD077 CD078"),
        "size_without_code": _rule(W, "CD080 CD095 CD096"),
        "end_missing": _rule(W, "CD075 CD076"),
        "unit_and_frequency": _rule(W, "CS338"),
        "same_record_twice": _rule(W, "TR101"),
        # Assignments
        "removed_with_period": _rule(W, "CS335"),
        "old_reason": _rule(W, "CS336"),
        "same_product_overlaps": _rule(W, "TR302"),
        "decided_after_message": _rule(W),
        # Starts and stops
        "status_refused": _rule(R, "CS058 OP033"),
        "start_after_message": _rule(R, "TR134"),
        "stop_before_start": _rule(R, "TR018"),
        "without_number": _rule(W, "IV096"),
        # Requests and answers
        "reference_twice": _rule(W, "TR383"),
        "referrer_named_wrongly": _rule(N, "CD066 CD067"),
        "referrer_needs_no_code": _rule(N, "CD068"),
        "decision_day": _rule(N, "CD043"),
        "nothing_asked": _rule(W, "TR352 TR353"),
        "refusal_without_reason": _rule(W, "CD085"),
        "reason_without_refusal": _rule(W, "CD086"),
        "responsible_missing": _rule(W, "TR377"),
        "responsible_needless": _rule(W, "TR409"),
        # Declarations
        "not_a_month": _rule(R, "CS340"),
        "month_too_early": _rule(R, "CS100"),
        "number_of_two_youths": _rule(R, "TR304"),
        "line_over_months": _rule(W, "CS337"),
        "line_after_declaration": _rule(W, "TR319"),
        "line_too_old": _rule(W, "TR335"),
        "amount_differs": _rule(W, "TR346"),
        "euros_differ": _rule(W, "CS339"),
        "tariff_wrong": _rule(W, "CD087"),
        "total_differs": _rule(W, "TR358"),
        "zero_credit": _rule(N, "CS325"),
        "performance_twice": _rule(W, "TR314"),
        "credit_of_nothing": _rule(W, "CD060"),
        "debit_of_another": _rule(W, "CD060"),
        "credit_beside_debit": _rule(W, "TR390"),
        "second_debit": _rule(W, "TR389 TR416"),
        "not_refused": _rule(W, "TR342"),
        "granted_differs": _rule(W, "TR366 TR367"),
    }
)

#: Id of a check -> English sentence; also the message ids of the translations.
FINDING_MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        "empty_file": "The file is empty.",
        "too_large": "The file has %(size)s MB; at most %(most)s MB can be read.",
        "not_xml": "The file is neither XML nor a zip archive.",
        "not_well_formed": "This is not well-formed XML; it goes wrong at line %(line)s.",
        "encoding_refused": "The characters are not written as UTF-8.",
        "has_dtd": "The file brings a document type of its own (DTD); that may hide other content.",
        "unknown_root": "There is no message (Bericht) of the iJw standard in this file.",
        "unknown_release": (
            "This is a message of release %(release)s; the releases that can be read: %(known)s."
        ),
        "archive_broken": "The zip archive is damaged.",
        "archive_locked": "The zip archive is locked with a password.",
        "archive_empty": "There are no files in the zip archive.",
        "archive_nested": "There is an archive within the archive; unpack it first.",
        "archive_too_many": "The archive holds more than %(most)s files.",
        "archive_too_large": "The files in the archive are larger than %(most)s MB together.",
        "archive_too_dense": (
            "A file in the archive becomes more than %(most)s times as large; that is no message."
        ),
        "byte_order_mark": "The file begins with a byte-order mark; the standard has none.",
        "other_encoding": "The file is not written in UTF-8, as the standard asks.",
        "message_large": "The message has %(size)s MB; the standard allows %(most)s MB.",
        "envelope": "The message was taken out of its envelope.",
        "several_messages": "The file holds %(count)s messages; each is read by itself.",
        "structure": "“%(expected)s” is missing here, or something stands before it.",
        "structure_more": "Something stands here that the standard does not have in this place.",
        "attribute": "An element has an attribute that the standard does not have.",
        "loose_text": "There is text between elements, where none belongs.",
        "message_value": "The value is not as it must be: %(form)s.",
        "value": "The value is not as it must be: %(form)s.",
        "no_such_date": "This is not a date of the calendar.",
        "bsn_length": (
            "A citizen service number (BSN) has nine digits, this one has %(digits)s characters. "
            "Spreadsheets lose a zero at the front."
        ),
        "empty_element": "The element is empty; leave it out when there is no value.",
        "zone": "A date or time has no zone in this standard; the zone was cut off.",
        "other_code": "The code of the message (BerichtCode) is not that of a %(kind)s.",
        "other_version": "The version in the header is not %(release)s, that of the message.",
        "schema_version": "The version of the schema is not written as three numbers.",
        "outside_region": "Municipality %(municipality)s does not belong to this region.",
        "unknown_municipality": "There was no municipality %(municipality)s on %(day)s.",
        "message_in_future": "The message is dated %(dated)s, after the day of delivery.",
        "before_release": "The message is dated %(dated)s, before release %(release)s began.",
        "bsn_test": "The citizen service number (BSN) does not pass the eleven test.",
        "bsn_of_tests": "The citizen service number (BSN) is one for tests.",
        "birth_use": "The birth date does not agree with what is said to be unknown of it.",
        "birth_in_future": "The birth date lies after the date of the message.",
        "too_old": "The person is older than 120.",
        "adult": "The person is older than 23 when care begins.",
        "end_before_begin": "The end, %(end)s, lies before the begin, %(begin)s.",
        "product_missing": "A product is needed where there is no budget.",
        "size_missing": "A product with a code needs a size (Omvang).",
        "size_and_budget": "There is a size (Omvang) as well as a budget; only one can hold.",
        "size_without_code": "A size (Omvang) needs a product with a code.",
        "end_missing": "An end is needed with a budget, and with a volume per week.",
        "unit_and_frequency": "Unit %(unit)s cannot go with frequency %(frequency)s.",
        "same_record_twice": "The same record stands in this message twice; it counts once.",
        "removed_with_period": (
            "The assignment is removed (reason 13), but its end is not its begin."
        ),
        "old_reason": "Reason 01 is no longer in use.",
        "same_product_overlaps": "The same product is assigned twice for the same days.",
        "decided_after_message": (
            "The assignment was decided on %(decided)s, after the date of the message."
        ),
        "status_refused": "A start or stop is delivered (1) or deleted (3), not %(status)s.",
        "start_after_message": "The start, %(begin)s, lies after the date of the message.",
        "stop_before_start": "The end, %(end)s, lies before the start, %(begin)s.",
        "without_number": (
            "There is no number of an assignment; that is right for task-funded care alone."
        ),
        "reference_twice": "Two products in this request have the same reference.",
        "referrer_named_wrongly": "This kind of referrer needs either a code or a name.",
        "referrer_needs_no_code": "This kind of referrer has no code.",
        "decision_day": (
            "The begin of a formal decision (beschikking) is there without its number, or the "
            "number without the begin."
        ),
        "nothing_asked": "The request asks for no change of what the youth has.",
        "refusal_without_reason": "The request is rejected without a reason.",
        "reason_without_refusal": "There is a reason of rejection, but the request is open.",
        "responsible_missing": "The municipality that is responsible is not named.",
        "responsible_needless": "A responsible municipality is named without that reason.",
        "not_a_month": "The declaration is not about one calendar month.",
        "month_too_early": "A declaration in this form is about 2021 or later.",
        "number_of_two_youths": "The number of the assignment is that of another youth above.",
        "line_over_months": "The line, %(begin)s to %(end)s, does not lie within one month.",
        "line_after_declaration": "The line lies after the month of the declaration.",
        "line_too_old": "The line ended more than five years before the declaration.",
        "amount_differs": "The amount is not the volume times the tariff.",
        "euros_differ": "The volume is in euros, but it is not the amount.",
        "tariff_wrong": "A volume in euros has no tariff, every other volume has one.",
        "total_differs": (
            "The total is %(total)s cents; the lines add up to %(sum)s (minus is credit)."
        ),
        "zero_credit": "An amount of zero is a debit.",
        "performance_twice": "The reference of the line occurs above; it counts once.",
        "credit_of_nothing": "A credit must say which line it takes back.",
        "debit_of_another": "A debit takes no other line back.",
        "credit_beside_debit": "The line that is taken back stands in the same message.",
        "second_debit": "The same product and days are declared twice.",
        "not_refused": "The line is not refused; only refused lines belong in an answer.",
        "granted_differs": (
            "The amount granted is %(total)s cents; submitted less refused is %(sum)s (minus is "
            "credit)."
        ),
    }
)

#: Form of a value -> how it is written; the parameter ``form`` of a finding is one of these ids.
FORM_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "amount": "a whole number of cents",
        "answer": "a code of answers",
        "bsn": "nine digits",
        "budget": "a whole number of cents",
        "category": "a code of product categories",
        "change_reason": "a code of reasons of change",
        "date": "a date",
        "date_use": "a code of what is known of a date",
        "debit_credit": "D or C",
        "declaration": "at most twelve letters and digits",
        "declaration_answered": "at most twelve characters",
        "frequency": "a code of frequencies",
        "identification": "at most twelve characters",
        "message_code": "three digits",
        "municipality": "four digits of a municipality",
        "number": "a whole number of at most nine digits",
        "performance": "at most twenty characters",
        "product": "at most five characters",
        "provider": "eight digits of a provider",
        "reference": "at most thirty-six characters",
        "referrer": "a code of referrers",
        "refusal_reason": "a code of reasons of rejection",
        "request_reason": "a code of reasons of a request",
        "return_code": "a return code",
        "schema_version": "three numbers with dots",
        "sex": "a code of sexes",
        "status": "a code of delivery",
        "stop_reason": "a code of reasons of ending",
        "subversion": "a whole number",
        "time": "a time",
        "total": "a whole number of cents",
        "unit": "a code of units",
        "version": "a whole number",
        "volume": "a whole number",
        "yes_no": "1 or 2",
    }
)
