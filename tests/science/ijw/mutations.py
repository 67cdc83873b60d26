"""Two hundred messages that were changed, and what became of each: a table by kind of change.

python -m tests.science.ijw.mutations

The same table every time. A change is found when a file or message is refused, a record is set
aside or something is said of it; it is harmless when the message says the same as before, or when
the standard allows what it now says. Nothing else may happen.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree import ElementTree

from . import samples
from .samples import KINDS, SECRETS, written
from .test_mutations import FREE, NEARLY, NEVER_READ, OPTIONAL, as_bytes, copy_of, local, read_nodes

COUNT = 200
Node = ElementTree.Element
Change = Callable[[str, random.Random], tuple[bytes, str]]


@dataclass
class Outcome:
    """What became of the messages of one kind of change, each in the hardest way that applies."""

    tried: int = 0
    became: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    unseen: list[str] = field(default_factory=list)


#: From hard to soft.
WAYS = ("file refused", "message refused", "record set aside", "said", "harmless")


def _place(kind: str, chance: random.Random) -> tuple[Node, Node, Node]:
    """A message with one of the elements that are read, and its parent."""
    root = copy_of(kind)
    parent, child = chance.choice(list(read_nodes(root)))
    return root, parent, child


def missing(kind: str, chance: random.Random) -> tuple[bytes, str]:
    root, parent, child = _place(kind, chance)
    parent.remove(child)
    return as_bytes(root), local(child)


def doubled(kind: str, chance: random.Random) -> tuple[bytes, str]:
    root, parent, child = _place(kind, chance)
    parent.insert(list(parent).index(child), child)
    return as_bytes(root), local(child)


def moved(kind: str, chance: random.Random) -> tuple[bytes, str]:
    while True:
        root, parent, child = _place(kind, chance)
        following = list(parent)[list(parent).index(child) + 1 :]
        if following and following[0].tag != child.tag:
            parent.remove(child)
            parent.insert(list(parent).index(following[0]) + 1, child)
            return as_bytes(root), local(child)


def renamed(kind: str, chance: random.Random) -> tuple[bytes, str]:
    root, _parent, child = _place(kind, chance)
    child.tag += "X"
    return as_bytes(root), local(child)[:-1]


def other_namespace(kind: str, chance: random.Random) -> tuple[bytes, str]:
    root, _parent, child = _place(kind, chance)
    child.tag = local(child)
    return as_bytes(root), local(child)


def emptied(kind: str, chance: random.Random) -> tuple[bytes, str]:
    root, child = _leaf(kind, chance)
    child.text = ""
    return as_bytes(root), local(child)


#: Digits alone may be right: a date without its lines is as good a code of a provider.
_WRONG = [value for value in NEARLY if value.strip() and not (value.isascii() and value.isdigit())]


def another_value(kind: str, chance: random.Random) -> tuple[bytes, str]:
    root, child = _leaf(kind, chance)
    child.text = chance.choice(_WRONG)
    return as_bytes(root), local(child)


def _leaf(kind: str, chance: random.Random) -> tuple[Node, Node]:
    while True:
        root, _parent, child = _place(kind, chance)
        if len(child) == 0 and local(child) not in FREE:
            return root, child


def attribute(kind: str, chance: random.Random) -> tuple[bytes, str]:
    root, _parent, child = _place(kind, chance)
    child.set("extra", "1")
    return as_bytes(root), local(child)


def text_between(kind: str, chance: random.Random) -> tuple[bytes, str]:
    root, _parent, child = _place(kind, chance)
    child.tail = "tekst"
    return as_bytes(root), local(child)


def cut_off(kind: str, chance: random.Random) -> tuple[bytes, str]:
    content = written(kind)
    return content[: chance.randrange(len(content) - 12)], "bytes"


def bytes_changed(kind: str, chance: random.Random) -> tuple[bytes, str]:
    """A letter of a tag: elsewhere a changed byte may be another value that is as good."""
    content = bytearray(written(kind))
    signs = [at for at, sign in enumerate(content) if sign in b"<>/"]
    content[chance.choice(signs)] = ord("?")
    return bytes(content), "bytes"


def document_type(kind: str, chance: random.Random) -> tuple[bytes, str]:
    content = written(kind)
    at = content.index(b"?>") + 2
    name = chance.choice([b"a", b"Bericht"])
    return content[:at] + b'<!DOCTYPE %s [<!ENTITY e "x">]>' % name + content[at:], "DOCTYPE"


CHANGES: dict[str, Change] = {
    "an element is missing": missing,
    "an element stands twice": doubled,
    "elements stand in another order": moved,
    "an element has another name": renamed,
    "an element has no namespace": other_namespace,
    "an element is empty": emptied,
    "a value is out of form": another_value,
    "an attribute of its own": attribute,
    "text beside the elements": text_between,
    "the file ends too soon": cut_off,
    "a sign of a tag is another": bytes_changed,
    "a document type with an entity": document_type,
}
#: Elements in lists may stand twice, and what is optional may be missing, as far as one message
#: tells; never-read elements may hold anything.
_MAY_DOUBLE = {"RetourCode", "OngewijzigdProduct", "TeWijzigenProduct", "NieuwProduct"}
_MAY_DOUBLE |= {"Prestatie", "Client"}


def is_allowed(change: str, element: str) -> bool:
    """Whether the standard allows what a message says after a change that nothing was said of."""
    if element in NEVER_READ:
        return True
    if change == "an element is missing":
        return element in OPTIONAL
    return change == "an element stands twice" and element in _MAY_DOUBLE


def outcomes(count: int = COUNT) -> dict[str, Outcome]:
    """So many changed messages, in turn of each kind of change and of each kind of message.

    Raises whatever the reader raises, and AssertionError when something of the person comes out.
    """
    found = {name: Outcome() for name in CHANGES}
    names = list(CHANGES)
    for number in range(count):
        chance = random.Random(number)
        name = names[number % len(names)]
        kind = KINDS[number // len(names) % len(KINDS)]
        content, element = CHANGES[name](kind, chance)
        result = samples.reading(content)
        out = repr((result.findings, result.counts))
        assert not [secret for secret in SECRETS if secret in out]
        counts, outcome = result.counts, found[name]
        outcome.tried += 1
        outcome.rules.update(counts.rules)
        reached = (
            counts.files_refused, counts.messages_refused, counts.records_set_aside,
            sum(counts.rules.values()), True,
        )  # fmt: skip
        way = next(way for way, there in zip(WAYS, reached, strict=True) if there)
        outcome.became[way] += 1
        same = result.records == samples.reading(written(kind)).records
        if way == "harmless" and not same and not is_allowed(name, element):
            outcome.unseen.append(f"{kind} {element}")
    return found


def table(found: dict[str, Outcome]) -> str:
    """The outcomes as a Markdown table, with the rules that were broken most."""
    lines = [
        f"| change | messages | {' | '.join(WAYS)} | passed over | mostly by |",
        f"| --- | ---: | {' | '.join(['---:'] * len(WAYS))} | ---: | --- |",
    ]
    for name, one in found.items():
        often = ", ".join(rule for rule, _count in one.rules.most_common(3))
        became = " | ".join(str(one.became[way]) for way in WAYS)
        lines.append(f"| {name} | {one.tried} | {became} | {len(one.unseen)} | {often} |")
    total = sum((one.became for one in found.values()), Counter[str]())
    summed = " | ".join(str(total[way]) for way in WAYS)
    unseen = sum(len(one.unseen) for one in found.values())
    lines.append(f"| together | {sum(o.tried for o in found.values())} | {summed} | {unseen} | |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(outcomes()))
