"""Findings in words: those of the reader, and the few that only who keeps messages can make.

The words of the reader's rules stand with the rules, in science; here they are said in the language
of who reads, with what to do about it.
"""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from vliegwiel.science.casetables import TABLE_MESSAGES, TABLE_RULES
from vliegwiel.science.ijw import (
    FINDING_MESSAGES,
    FORM_LABELS,
    RULES,
    Envelope,
    Finding,
    Severity,
)

#: Rules of keeping: what each does. Their numbers in the standard: TR056; the other is our own.
OWN_RULES: Mapping[str, Severity] = MappingProxyType(
    {
        "message_differs": Severity.MESSAGE,
        "message_day_impossible": Severity.MESSAGE,
    }
)

OWN_MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        "message_differs": (
            "A message of the same kind, sender and number has other content. Both are kept; the "
            "one that was written first counts."
        ),
        "message_day_impossible": "The message is dated %(dated)s; that cannot be.",
    }
)

# What somebody can do about a finding, by what it does; a rule with advice of its own comes first.
_ADVICE: Mapping[Severity, str] = MappingProxyType(
    {
        Severity.FILE: _("Nothing of the delivery was kept. Mend or leave out this file."),
        Severity.MESSAGE: _(
            "This message was left out. Ask its sender or your supplier for a right one."
        ),
        Severity.RECORD: _(
            "This part of the message was left out. Ask the sender for a correction."
        ),
        Severity.WARNING: _("It was kept. Look with the sender why this is so."),
        Severity.NOTE: "",
    }
)
_OWN_ADVICE: Mapping[str, str] = MappingProxyType(
    {
        "message_differs": _("Ask the sender which of the two is right, and for a new number."),
        "outside_region": _(
            "It was left out. Is the municipality one of the region? Then ask who manages this "
            "site to put that right."
        ),
        "table_unmapped": _(
            "Nothing of the delivery was kept. Say first what the columns of this table mean."
        ),
        **dict.fromkeys(
            (
                "table_product_unknown",
                "table_reason_unknown",
                "table_referrer_unknown",
                "table_no_provider",
            ),
            _("Nothing of the delivery was kept. Settle the code where the columns are settled."),
        ),
        "table_row_twice": "",
        "table_other_region": _(
            "The row was left out. Is the municipality one of the region? Then ask who manages "
            "this site to put that right."
        ),
        "archive_nested": _("Nothing of the delivery was kept. Unpack the inner archive first."),
        "archive_locked": _("Nothing of the delivery was kept. Unpack the archive first."),
        "unknown_release": _(
            "Nothing of the delivery was kept. Ask your supplier for messages of that release."
        ),
        "bsn_length": _(
            "This part of the message was left out. Ask for the messages themselves, and not for "
            "what came out of a spreadsheet."
        ),
    }
)


def severity_of(rule: str) -> Severity:
    """What a finding of this rule does."""
    own = OWN_RULES.get(rule) or TABLE_RULES.get(rule)
    return own or RULES[rule].severity


def numbers_of(rule: str) -> tuple[str, ...]:
    """The rules of the standard that the check carries out; none for our own."""
    if rule == "message_differs":
        return ("TR056",)
    known = RULES.get(rule)
    return known.numbers if known else ()


def finding(rule: str, envelope: Envelope, params: Mapping[str, str]) -> Finding:
    """A finding of a rule of ours about a whole message."""
    return Finding(
        rule=rule,
        severity=OWN_RULES[rule],
        file=envelope.file,
        path=envelope.code,
        params=dict(params),
    )


def sentence(rule: str, params: Mapping[str, str]) -> str:
    """What is wrong, in the reader's language; of a rule that this version lost, its name."""
    words = OWN_MESSAGES.get(rule) or TABLE_MESSAGES.get(rule) or FINDING_MESSAGES.get(rule)
    if words is None:
        return rule
    shown = {name: _shown(name, value) for name, value in params.items()}
    try:
        return gettext(words) % shown
    except KeyError:
        return gettext(words)


def advice(rule: str, severity: Severity) -> str:
    """What to do about it, in the reader's language; empty where nothing needs doing."""
    words = _OWN_ADVICE.get(rule, _ADVICE[severity])
    return gettext(words) if words else ""


def _shown(name: str, value: str) -> str:
    return gettext(FORM_LABELS[value]) if name == "form" and value in FORM_LABELS else value
