"""What messages tell, in one line: a small language for the tests of trajectories.

Parts stand between semicolons; days are month-day of 2025. Unless said otherwise everything is
about youth A, municipality 0193, provider X, category 45 and assignment 1, and each message is
dated on the day that it tells of.

    decided 01-10 for 01-15 to 12-31      a version of an assignment (JW301), open without `to`
    start 02-09 / undo start 02-09        a start, and its deletion (JW305)
    stop 02-20 because 20                 a stop (JW307) of the last start, or of `begun 01-20`
    request 02-20 by 02 ref R             a request with type of referrer (JW315)
    answer 02-20 2 ref R                  an answer to it (JW319)
    declared 03-01                        care declared in a month (JW323)
    rejected                              the message before came back rejected

with `as 2` another number, `of B` another youth, `at Y` another provider, `in 0150` another
municipality, `category 41`, `because 13` a reason, `ref R` a reference, `sent 02-01` another date.
"""

from __future__ import annotations

from datetime import date, datetime

from vliegwiel.science.ijw import (
    AssignmentRequest,
    AssignmentVersion,
    DeclaredLine,
    Envelope,
    Person,
    Record,
    RequestAnswer,
    ReturnNote,
    StartRecord,
    StopRecord,
)

YEAR = 2025
_WORDS = {"for", "to", "because", "as", "of", "at", "in", "category", "ref", "sent", "by", "begun"}
_KINDS = {
    "decided": "JW301",
    "start": "JW305",
    "undo": "JW305",
    "stop": "JW307",
    "request": "JW315",
    "answer": "JW319",
    "declared": "JW323",
}


def day(text: str) -> date:
    """A month-day of the year, or a whole date."""
    return date.fromisoformat(text if len(text) > 5 else f"{YEAR}-{text}")


def told(story: str) -> list[Record]:
    """The records that a story tells of."""
    records: list[Record] = []
    begun: dict[str, date] = {}
    for number, part in enumerate(filter(None, (part.strip() for part in story.split(";")))):
        verb, *rest = part.split()
        if verb == "rejected":
            records.append(_rejection(records[-1].message, number))
            continue
        plain, options = _read(rest)
        records.append(_record(verb, plain, options, begun, number))
    return records


def _read(words: list[str]) -> tuple[list[str], dict[str, str]]:
    plain: list[str] = []
    options: dict[str, str] = {}
    queue = list(words)
    while queue:
        word = queue.pop(0)
        if word in _WORDS:
            options[word] = queue.pop(0)
        else:
            plain.append(word)
    return plain, options


def _record(
    verb: str, plain: list[str], options: dict[str, str], begun: dict[str, date], number: int
) -> Record:
    when = day(plain[-1] if verb == "undo" else plain[0])
    assignment = options.get("as", "1")
    message = Envelope(
        code=_KINDS[verb],
        release="3.2",
        municipality=options.get("in", "0193"),
        provider=options.get("at", "X"),
        identification=f"{number:04d}",
        dated=day(options["sent"]) if "sent" in options else when,
        file="story.xml",
        digest=f"{number}",
    )
    person = Person(youth=options.get("of", "A"), birth_month=date(2012, 3, 1), sex="1")
    product = {"category": options.get("category", "45"), "product": None}
    if verb == "decided":
        return AssignmentVersion(
            message=message,
            person=person,
            assignment=assignment,
            reference=options.get("ref"),
            decided=datetime.combine(when, datetime.min.time()),
            begin=day(options["for"]),
            end=day(options["to"]) if "to" in options else None,
            reason=options.get("because"),
            volume=None,
            unit=None,
            frequency=None,
            budget=None,
            **product,
        )
    if verb in {"start", "undo"}:
        begun[assignment] = when
        return StartRecord(
            message=message,
            person=person,
            assignment=None if assignment == "none" else assignment,
            begin=when,
            status="3" if verb == "undo" else "1",
            assigned_from=None,
            **product,
        )
    if verb == "stop":
        begin = day(options["begun"]) if "begun" in options else begun[assignment]
        return StopRecord(
            message=message,
            person=person,
            assignment=None if assignment == "none" else assignment,
            begin=begin,
            end=when,
            reason=options.get("because", "31"),
            status="3" if "undone" in plain else "1",
            assigned_from=None,
            **product,
        )
    if verb == "request":
        return AssignmentRequest(
            message=message,
            person=person,
            reference=options.get("ref", "R"),
            referrer=options.get("by", "02"),
            wished_begin=when,
            wished_end=None,
            **product,
        )
    if verb == "answer":
        return RequestAnswer(
            message=message,
            reference=options.get("ref", "R"),
            answer=plain[1],
            reason=options.get("because"),
        )
    return DeclaredLine(
        message=message,
        youth=person.youth,
        assignment=assignment,
        performance=f"P{number}",
        previous=None,
        category=options.get("category", "45"),
        product="45A01",
        begin=when,
        end=when,
        volume=1,
        unit="04",
        cents=10_000,
        credit=False,
    )


def _rejection(message: Envelope, number: int) -> ReturnNote:
    answer = message._replace(code="JW306", identification=f"{number:04d}")
    return ReturnNote(
        message=message._replace(digest=""), codes=("9019",), accepted=False, answer=answer
    )
