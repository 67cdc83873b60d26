"""From the elements of a message to its values, checked against the grammar on the way.

What is never read is looked at from outside: that it is there, and in its place. Its content is
touched by nothing here.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from .grammar import Group, Misplaced, Particle
from .sheet import BROKEN, PLACE, Element, Sheet, Values
from .values import mended

#: The only attributes a message may have: where its schema is.
_SCHEMA_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"
_ALLOWED = {f"{_SCHEMA_INSTANCE}schemaLocation", f"{_SCHEMA_INSTANCE}noNamespaceSchemaLocation"}

_has_attributes = etree.XPath("boolean(descendant-or-self::*/@*)")
_with_attributes = etree.XPath("descendant-or-self::*[@*]")
_has_mixed_text = etree.XPath("boolean(descendant-or-self::*[*]/text())")
_with_loose_text = etree.XPath("descendant-or-self::*[*][text()[normalize-space()]]")


def read_message(root: Element, grammar: Group, sheet: Sheet) -> Values:
    """All values of a message, with what is wrong on the sheet.

    Records in which a value could not be read hold the key BROKEN. Where the form of the message
    itself is wrong the sheet is refused, and nothing may be concluded from the values.
    """
    if _has_attributes(root):
        for element in _with_attributes(root):
            if element is not root or not set(element.keys()) <= _ALLOWED:
                sheet.refuse_line("attribute", element.sourceline)
    if _has_mixed_text(root):
        for element in _with_loose_text(root):
            sheet.refuse_line("loose_text", element.sourceline)
    return _read_group(root, grammar, sheet, "message_value")


def _read_group(element: Element, group: Group, sheet: Sheet, wrong_value: str) -> Values:
    values: Values = {PLACE: element} if group.record else {}
    if group.many is not None:
        _read_list(element, group.many, sheet, wrong_value, values)
        return values
    children = list(element)
    particles = group.placed(tuple([child.tag for child in children]))
    if isinstance(particles, Misplaced):
        _misplaced(element, particles, sheet)
        return values
    for child, particle in zip(children, particles, strict=True):
        name, parse, inner = particle[:3]
        if parse is not None:
            value = parse(child.text)
            if value is None:
                value = _second_look(child, particle, sheet, wrong_value, values)
            values[name] = value
        elif inner is not None:
            part = _read_group(child, inner, sheet, "value" if inner.record else wrong_value)
            if BROKEN in part and not inner.record:
                values[BROKEN] = True
            values[name] = part
        else:
            values[name] = True
    return values


def _read_list(
    element: Element, particle: Particle, sheet: Sheet, wrong_value: str, values: Values
) -> None:
    """A list: any number of one element, at least as many as the standard asks."""
    children = list(element)
    found: list[Any] = []
    values[particle.name] = found
    strange = next((at for at, child in enumerate(children) if child.tag != particle.tag), None)
    if strange is not None or len(children) < particle.least:
        _misplaced(element, Misplaced(strange or 0, particle.name), sheet)
        return
    for child in children:
        if particle.group is not None:
            inner = particle.group
            part = _read_group(child, inner, sheet, "value" if inner.record else wrong_value)
            if BROKEN in part and not inner.record:
                values[BROKEN] = True
            found.append(part)
        elif particle.parse is not None:
            value = particle.parse(child.text)
            if value is None:
                value = _second_look(child, particle, sheet, wrong_value, values)
            found.append(value)


def _misplaced(element: Element, wrong: Misplaced, sheet: Sheet) -> None:
    """A wrong order makes a message invalid as a whole: what it meant cannot be known."""
    if wrong.expected is None:
        sheet.refuse("structure_more", element)
    else:
        sheet.refuse("structure", element, expected=wrong.expected)


def _second_look(
    element: Element, particle: Particle, sheet: Sheet, wrong_value: str, values: Values
) -> Any:
    """The value of an element that its parser did not take, or None with a finding."""
    form = particle.form
    if form is None or particle.parse is None:
        raise TypeError(f"{particle.name} has no value of its own")
    text = element.text
    if not text and len(element) == 0 and particle.optional:
        sheet.find("empty_element", element)
        return None
    if text and len(element) == 0:
        found = mended(form, particle.parse, text)
        if found is not None:
            if found.rule is not None:
                sheet.find(found.rule, element)
            return found.value
    values[BROKEN] = True
    if wrong_value == "message_value":
        sheet.refuse(wrong_value, element, form=form.name)
    elif form.name == "bsn":
        sheet.find("bsn_length", element, digits=len(text or ""))
    elif form.kind == "date":
        sheet.find("no_such_date", element)
    else:
        sheet.find(wrong_value, element, form=form.name)
    return None
