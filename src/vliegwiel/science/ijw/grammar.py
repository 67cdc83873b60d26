"""The elements of a kind of message as groups that can be read: which follow which, how often.

A group learns the orders of children that it has seen to be right, so that the long way is gone
once for each order and a look-up suffices after that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from vliegwiel.reference import (
    MessageElement,
    ValueForm,
    message_codes,
    message_elements,
    value_forms,
)

from .values import Parser, parser_of

#: More orders of children than this are not remembered; the standard has fewer in any group.
ORDERS_REMEMBERED = 512
#: The prefix of the shared types, by custom; that of a message is its kind in small letters.
SHARED_PREFIX = "ijw"


class Particle(NamedTuple):
    """An element as its group holds it. Neither ``parse`` nor ``group``: it is never read.

    ``written`` is its name with the usual prefix.
    """

    name: str
    parse: Parser | None
    group: Group | None
    form: ValueForm | None
    optional: bool
    tag: str
    least: int
    most: int | None
    shared: bool
    written: str


@dataclass(frozen=True, slots=True)
class Misplaced:
    """Where the children of an element leave their order; ``at`` counts from zero.

    ``expected`` is the element that had to stand there, None where nothing more may follow.
    """

    at: int
    expected: str | None


class Group:
    """An element with others in it. ``record``: a fault inside sets it aside, nothing else."""

    __slots__ = ("_orders", "many", "name", "particles", "record")

    def __init__(self, name: str, particles: Sequence[Particle], *, record: bool) -> None:
        self.name = name
        self.particles = tuple(particles)
        self.record = record
        #: The only child of a list, whose number has no limit.
        self.many = particles[0] if len(particles) == 1 and particles[0].most is None else None
        self._orders: dict[tuple[str, ...], tuple[Particle, ...]] = {}

    def placed(self, tags: tuple[str, ...]) -> tuple[Particle, ...] | Misplaced:
        """Which particle each child is, or where their order goes wrong."""
        known = self._orders.get(tags)
        if known is not None:
            return known
        found = self._match(tags)
        if not isinstance(found, Misplaced) and len(self._orders) < ORDERS_REMEMBERED:
            self._orders[tags] = found
        return found

    def _match(self, tags: tuple[str, ...]) -> tuple[Particle, ...] | Misplaced:
        found: list[Particle] = []
        at = 0
        for particle in self.particles:
            count = 0
            while at < len(tags) and tags[at] == particle.tag and count != particle.most:
                found.append(particle)
                at += 1
                count += 1
            if count < particle.least:
                return Misplaced(at, particle.name)
        return tuple(found) if at == len(tags) else Misplaced(at, None)


def compiled(
    release: str, root: str, *, namespace: str, shared_namespace: str, whole: bool = False
) -> Group:
    """The grammar of one kind of message, such as root "JW301", in its namespaces.

    ``whole``: with the elements that are never read, for a writer.
    """
    codes = message_codes(release)
    forms = value_forms(release)
    parsers = {name: parser_of(form, codes) for name, form in forms.items()}
    elements = message_elements(release)

    def group_of(name: str, *, record: bool) -> Group:
        return Group(name, [particle_of(row) for row in elements[name]], record=record)

    def particle_of(row: MessageElement) -> Particle:
        read = whole or row.use != "never"
        is_group = row.form in elements
        return Particle(
            name=row.name,
            parse=parsers[row.form] if read and not is_group else None,
            group=group_of(row.form, record=row.use == "record") if read and is_group else None,
            form=None if is_group else forms[row.form],
            optional=row.least == 0,
            tag=f"{{{shared_namespace if row.shared else namespace}}}{row.name}",
            least=row.least,
            most=row.most,
            shared=row.shared,
            written=f"{SHARED_PREFIX if row.shared else root.lower()}:{row.name}",
        )

    return group_of(root, record=False)
