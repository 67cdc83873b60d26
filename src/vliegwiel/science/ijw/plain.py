"""Messages in the plainest form, read without a tree: the same answer, sooner.

Nearly every message that systems send is written in one way: the usual prefixes, no comments, no
escapes, nothing odd. From the grammar of a kind follows a regular expression that such a message
matches as a whole; what it captures are the values that are read. Whatever does not match, and
every message of which something is to be said, goes the careful way by the XML parser, which has
the word. The tests hold both ways to the same answer.

Every repetition is possessive, so the time is proportional to the length of a message.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias, cast

from vliegwiel.reference import ValueForm

from .grammar import Group, Particle
from .sheet import PLACE, Careful, Values
from .values import Parser

#: Text that means itself in XML: no markup, no escapes, no line ends that a parser would change.
_TEXT = "[^<>&\x00-\x08\x0b-\x1f]*+"
#: Two more signs that XML does not have; asked for apart, as they would make the expression slow.
_NO_SIGNS = ("\ufffe", "\uffff")
_BLANK = "[ \t\r\n]*+"


class _Value(NamedTuple):
    """A value, and the number of what the match captured of it."""

    name: str
    at: int
    parse: Parser | None


class _Part(NamedTuple):
    """Another child of a group: a ``form``, a list of ``items``, or presence alone.

    ``at`` is the number of what tells that it is there, None where it must be.
    """

    name: str
    at: int | None
    form: _Form | None = None
    items: _Item | None = None


class _Form(NamedTuple):
    """A group as the values and parts that a match holds of it."""

    values: tuple[_Value, ...]
    parts: tuple[_Part, ...]
    record: bool


class _Item(NamedTuple):
    """One element of a list: the expression that finds each, and what it holds."""

    expression: re.Pattern[str]
    form: _Form | None
    parse: Parser | None


PlainReader: TypeAlias = Callable[[str], Values]


def plain_reader(read: Group, whole: Group, *, root: str, begin: str) -> PlainReader:
    """A reader of one kind of message in its plainest form.

    ``read`` and ``whole`` are its grammar without and with what is never read, ``begin`` is an
    expression for everything up to the first child, and ``root`` the qualified name of the root.
    The reader raises :class:`Careful` for any other message.
    """
    builder = _Builder()
    body, form = builder.group(read, whole)
    expression = re.compile(f"{begin}{body}{_BLANK}</{root}>{_BLANK}")

    def values_of(text: str) -> Values:
        found = expression.fullmatch(text)
        if found is None or any(sign in text for sign in _NO_SIGNS):
            raise Careful
        return _values(form, found.groups())

    return values_of


def _values(form: _Form, texts: tuple[str | None, ...]) -> Values:
    values: Values = {PLACE: None} if form.record else {}
    for name, at, parse in form.values:
        text = texts[at]
        if text is not None:
            value = text if parse is None else parse(text)
            if value is None:
                raise Careful
            values[name] = value
    for name, place, inner, items in form.parts:
        if place is not None:
            text = texts[place]
            if text is None:
                continue
            if items is not None:
                values[name] = _listed(items, text)
                continue
        values[name] = True if inner is None else _values(inner, texts)
    return values


def _listed(items: _Item, text: str) -> list[object]:
    form, parse = items.form, items.parse
    if form is not None:
        return list(_records(form, items.expression, text))
    values = [parse(found) if parse else None for found in items.expression.findall(text)]
    if None in values:
        raise Careful
    return values


def _records(form: _Form, expression: re.Pattern[str], text: str) -> Iterator[Values]:
    """Every element of a list; one that is not in its form must not be passed over."""
    at = 0
    for found in expression.finditer(text):
        if found.start() != at:
            raise Careful
        at = found.end()
        yield _values(form, found.groups())
    if at != len(text):
        raise Careful


class _Builder:
    """Makes the expression of a group, and counts what it captures."""

    def __init__(self) -> None:
        self._captured = 0

    def group(self, read: Group, whole: Group) -> tuple[str, _Form]:
        """The expression of the children of a group, with what is taken from them."""
        expressions: list[str] = []
        values: list[_Value] = []
        parts: list[_Part] = []
        for particle, inner in zip(read.particles, whole.particles, strict=True):
            if particle.most is None:
                expression, part = self._list(particle, inner)
                parts.append(part)
            elif particle.parse is not None:
                opening, closing = _tags(particle)
                text, parse = _quick(particle.form, particle.parse)
                expression = _maybe(f"{opening}({text}){closing}", particle)
                values.append(_Value(particle.name, self._capture(), parse))
            else:
                expression, part = self._part(particle, inner)
                parts.append(part)
            expressions.append(expression)
        return "".join(expressions), _Form(tuple(values), tuple(parts), read.record)

    def _part(self, particle: Particle, whole: Particle) -> tuple[str, _Part]:
        opening, closing = _tags(particle)
        # What may be absent is captured by its begin, to know that it was there.
        at = self._capture() if particle.optional else None
        opening = f"({opening})" if particle.optional else opening
        if particle.group is not None and whole.group is not None:
            body, form = self.group(particle.group, whole.group)
            expression = f"{opening}{body}{_BLANK}{closing}"
            return _maybe(expression, particle), _Part(particle.name, at, form)
        expression = f"{opening}{_unread(whole)}{closing}"
        return _maybe(expression, particle), _Part(particle.name, at)

    def _list(self, particle: Particle, whole: Particle) -> tuple[str, _Part]:
        """A list is captured as a whole; its items are found in it one by one."""
        opening, closing = _tags(particle)
        at = self._capture()
        once = f"{opening}{_unread(whole)}{closing}"
        inner = _Builder()
        if particle.group is not None and whole.group is not None:
            body, form = inner.group(particle.group, whole.group)
            item = _Item(re.compile(f"{opening}{body}{_BLANK}{closing}"), form, None)
        else:
            item = _Item(re.compile(f"{opening}({_TEXT}){closing}"), None, particle.parse)
        return f"((?>{once})++)", _Part(particle.name, at, items=item)

    def _capture(self) -> int:
        self._captured += 1
        return self._captured - 1


def _quick(form: ValueForm | None, parse: Parser) -> tuple[str, Parser | None]:
    """The expression of a value and what is left to parse of it; None for the text as it is.

    What the expression holds to already need not be looked at again.
    """
    least, most = (form.least or 0, form.most) if form is not None else (0, None)
    if form is not None and most is not None:
        if form.kind == "digits":
            return f"[0-9]{{{least},{most}}}+", None
        if form.kind == "letters_digits" and least:
            return f"[A-Za-z0-9]{{{least},{most}}}+", None
        if form.kind == "number" and not least and most == 10 ** len(str(most)) - 1:
            return f"[0-9]{{1,{len(str(most))}}}+", cast("Parser", int)
    return _TEXT, parse


def _tags(particle: Particle) -> tuple[str, str]:
    return f"{_BLANK}<{particle.written}>", f"</{particle.written}>"


def _maybe(expression: str, particle: Particle) -> str:
    return f"(?>{expression})?+" if particle.optional else expression


def _unread(whole: Particle) -> str:
    """The expression of an element with everything in it, of which nothing is captured."""
    if whole.group is None:
        return _TEXT
    parts = []
    for particle in whole.group.particles:
        opening, closing = _tags(particle)
        expression = f"{opening}{_unread(particle)}{closing}"
        if particle.most is None:
            parts.append(f"(?>{expression})++")
        else:
            parts.append(_maybe(expression, particle))
    return "".join(parts) + _BLANK
