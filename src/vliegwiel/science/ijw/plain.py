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
from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias, cast

from vliegwiel.reference import ValueForm

from .grammar import Group, Particle
from .sheet import PLACE, Careful, Values
from .values import Parser

#: Text that means itself in XML: no markup, no escapes, no line ends that a parser would change.
_SIGN = "[^<>&\x00-\x08\x0b-\x1f]"
_TEXT = f"{_SIGN}*+"
#: Two more signs that XML does not have; asked for apart, as they would make the expression slow.
_NO_SIGNS = "\ufffe\uffff"
_BLANK = "[ \t\r\n]*+"


class _Value(NamedTuple):
    """A value, and the number of what the match captured of it."""

    name: str
    at: int
    parse: Parser | None
    optional: bool


class _Part(NamedTuple):
    """Another child of a group: a ``form``, or presence alone.

    ``at`` is the number of what tells that it is there, None where it must be.
    """

    name: str
    at: int | None
    form: _Form | None = None


class _List(NamedTuple):
    """A list: the ``first`` element stands by itself, as mostly there is no other.

    ``rest`` is the number of what was captured of the others, and ``others`` reads that.
    """

    name: str
    first: _Form | _Value
    rest: int
    others: Callable[[str], list[Any]]


class _Form(NamedTuple):
    """A group as the values, parts and list that a match holds of it."""

    values: tuple[_Value, ...]
    parts: tuple[_Part, ...]
    lists: tuple[_List, ...]
    record: bool


Captured: TypeAlias = tuple[Any, ...]
PlainReader: TypeAlias = Callable[[str], Values]


def plain_reader(read: Group, whole: Group, *, root: str, begin: str) -> PlainReader:
    """A reader of one kind of message in its plainest form.

    ``read`` and ``whole`` are its grammar without and with what is never read, ``begin`` is an
    expression for everything up to the first child, and ``root`` the qualified name of the root.
    The reader raises :class:`Careful` for any other message.
    """
    body, form = _Builder().group(read, whole)
    matched = re.compile(f"{begin}{body}{_BLANK}</{root}>{_BLANK}").fullmatch
    values_of = _Writer().function(form)

    def reader(text: str) -> Values:
        found = matched(text)
        if found is None or _NO_SIGNS[0] in text or _NO_SIGNS[1] in text:
            raise Careful
        return values_of(found.groups())

    return reader


def _reader_of_items(expression: str, form: _Form) -> Callable[[str], list[Any]]:
    """What reads the elements of a list; one that is not in its form must not be passed over."""
    found_in = re.compile(expression).finditer
    values_of = _Writer().function(form)

    def items(text: str) -> list[Any]:
        read: list[Any] = []
        at = 0
        for found in found_in(text):
            if found.start() != at:
                raise Careful
            at = found.end()
            read.append(values_of(found.groups()))
        if at != len(text):
            raise Careful
        return read

    return items


def _reader_of_texts(expression: str, parse: Parser) -> Callable[[str], list[Any]]:
    """What reads the elements of a list that hold one value each."""
    found_in = re.compile(expression).findall

    def items(text: str) -> list[Any]:
        values = [parse(found) for found in found_in(text)]
        if None in values:
            raise Careful
        return values

    return items


class _Writer:
    """Writes the function that makes the values of a form of what a match captured, as Python.

    It has a line for each value, as somebody would write it for one kind of message. A function
    that goes through the form for each message takes twice as long. All that it is written from is
    the table of the standard.
    """

    def __init__(self) -> None:
        self._lines = ["def values_of(t):"]
        self._used: dict[str, Any] = {"Careful": Careful}
        self._groups = 0

    def function(self, form: _Form) -> Callable[[Captured], Values]:
        """The function for a form."""
        self._lines.append(f" return {self._group(form, 1)}")
        exec("\n".join(self._lines), self._used)  # noqa: S102  # see the docstring of this class
        made: Callable[[Captured], Values] = self._used["values_of"]
        return made

    def _group(self, form: _Form, depth: int) -> str:
        """Lines that make the values of a group, and the name that they have there."""
        self._groups += 1
        values = f"v{self._groups}"
        there = [value for value in form.values if value.parse is None and not value.optional]
        begin = [f"{PLACE!r}: None"] * form.record
        begin += [f"{value.name!r}: t[{value.at}]" for value in there]
        self._line(depth, f"{values} = {{{', '.join(begin)}}}")
        for value in form.values:
            if value not in there:
                inside = self._when(value.at if value.optional else None, depth)
                self._line(inside, f"{values}[{value.name!r}] = {self._value(value, inside)}")
        for part in form.parts:
            inside = self._when(part.at, depth)
            made = "True" if part.form is None else self._group(part.form, inside)
            self._line(inside, f"{values}[{part.name!r}] = {made}")
        for several in form.lists:
            self._list(several, f"{values}[{several.name!r}]", depth)
        return values

    def _value(self, value: _Value, depth: int) -> str:
        """The expression of a value; before it stand the lines that judge it."""
        if value.parse is None:
            return f"t[{value.at}]"
        self._line(depth, f"x = {self._use(value.parse)}(t[{value.at}])")
        self._line(depth, "if x is None: raise Careful")
        return "x"

    def _list(self, several: _List, target: str, depth: int) -> None:
        first = several.first
        made = self._group(first, depth) if isinstance(first, _Form) else self._value(first, depth)
        self._line(depth, f"{target} = [{made}]")
        inside = self._when(several.rest, depth, "if t[{}]:")
        self._line(inside, f"{target} += {self._use(several.others)}(t[{several.rest}])")

    def _when(self, at: int | None, depth: int, condition: str = "if t[{}] is not None:") -> int:
        """The depth of what holds where something was captured; None: it always holds."""
        if at is None:
            return depth
        self._line(depth, condition.format(at))
        return depth + 1

    def _use(self, made: Callable[..., Any]) -> str:
        name = f"f{len(self._used)}"
        self._used[name] = made
        return name

    def _line(self, depth: int, line: str) -> None:
        self._lines.append(" " * depth + line)


class _Builder:
    """Makes the expression of a group, and counts what it captures."""

    def __init__(self) -> None:
        self._captured = 0

    def group(self, read: Group, whole: Group) -> tuple[str, _Form]:
        """The expression of the children of a group, with what is taken from them."""
        expressions: list[str] = []
        values: list[_Value] = []
        parts: list[_Part] = []
        lists: list[_List] = []
        for particle, inner in zip(read.particles, whole.particles, strict=True):
            if particle.most is None:
                expression, several = self._list(particle, inner)
                lists.append(several)
            elif particle.parse is not None:
                expression, value = self._value(particle, particle.parse)
                values.append(value)
            else:
                expression, part = self._part(particle, inner)
                parts.append(part)
            expressions.append(expression)
        form = _Form(tuple(values), tuple(parts), tuple(lists), read.record)
        return "".join(expressions), form

    def _value(self, particle: Particle, parse: Parser) -> tuple[str, _Value]:
        opening, closing = _tags(particle)
        text, left = _quick(particle.form, parse)
        expression = _maybe(f"{opening}({text}){closing}", particle)
        return expression, _Value(particle.name, self._capture(), left, particle.optional)

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

    def _list(self, particle: Particle, whole: Particle) -> tuple[str, _List]:
        """The first element is captured in its parts, all others together."""
        opening, closing = _tags(particle)
        first: _Form | _Value
        if particle.group is not None and whole.group is not None:
            body, first = self.group(particle.group, whole.group)
            expression = f"{opening}{body}{_BLANK}{closing}"
            body, form = _Builder().group(particle.group, whole.group)
            others = _reader_of_items(f"{opening}{body}{_BLANK}{closing}", form)
        elif particle.parse is not None:
            expression, first = self._value(particle._replace(optional=False), particle.parse)
            others = _reader_of_texts(f"{opening}({_TEXT}){closing}", particle.parse)
        else:
            raise TypeError(f"the list {particle.name} is never read")
        rest = self._capture()
        rests = f"((?>{opening}{_unread(whole)}{closing})*+)"
        return expression + rests, _List(particle.name, first, rest, others)

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
        if form.kind == "text" and least:
            # White space alone is no text.
            return f"(?!\\s*+<){_SIGN}{{{least},{most}}}+", None
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
