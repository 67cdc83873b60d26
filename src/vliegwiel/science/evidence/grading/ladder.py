"""What an initiative still lacks for the next step of the Dutch ladder of effective interventions.

The databank of effective youth interventions (Nederlands Jeugdinstituut) knows (I) well founded,
and effective by (II) first, (III) good or (IV) strong indications. No step can be skipped (Van
Yperen, nji.nl, "Kritiek op databank Effectieve Jeugdinterventies eenzijdig"). A committee gives a
level; here is told which kind of evidence there is, and what to do next. What level I asks to be
described is after Van der Veldt (opgroeien.be) and the demands for entering (nji.nl,
"Erkenningsprocedure"). That every level of "effective" asks for at least two effect studies is
after Kenniscentrum Sport & Bewegen, "Niveaus van erkenning", of the same joint system. How many
strong studies level IV asks for is our own reading of "several": two.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from vliegwiel.science.kernel import Check, Outcome

from .sentences import told

#: What a well-founded initiative has written down, in the order in which it is asked.
FOUNDATION = (
    "target_group",
    "goals",
    "approach",
    "expertise",
    "quality_control",
    "conditions",
    "costs",
    "theory",
    "manual",
    "implementation_study",
    "owner",
)
#: Studies with strong evidence for the highest step, and effect studies for any step of effective.
STRONG_STUDIES = 2
ANY_STUDIES = 2
#: Levels of Maryland from which a study compares, and from which its evidence is strong.
_COMPARES, _STRONG = 3, 4


class Rung(IntEnum):
    """Steps of the ladder."""

    NONE = 0
    WELL_FOUNDED = 1
    FIRST_INDICATIONS = 2
    GOOD_INDICATIONS = 3
    STRONG_INDICATIONS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """One study as the ladder sees it.

    Attributes:
        level: of Maryland, 1 to 5.
        shows: whether its interval lies on the good side, on the bad side, or neither.
        followed_up: whether was measured again some time after the end.
    """

    level: int
    shows: Literal["better", "worse", "nothing"]
    followed_up: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.level <= 5:
            raise ValueError("a level of Maryland lies between 1 and 5")


@dataclass(frozen=True, slots=True)
class LadderGrade:
    """Where an initiative stands.

    Attributes:
        rung: the highest step of which everything is there, from the lowest up.
        evidence: the step whose kind of evidence the studies give, whatever is written down.
        missing: what is needed for the step after ``rung``, in the order in which to do it.
        remarks: what else must be known, the first being what the studies give.
    """

    rung: Rung
    evidence: Rung
    missing: tuple[Check, ...]
    remarks: tuple[Check, ...]


def ladder(written: Collection[str], studies: Sequence[Study]) -> LadderGrade:
    """Where an initiative stands on the ladder, and what it lacks for the next step.

    Args:
        written: which parts of :data:`FOUNDATION` are there.
        studies: every effect study of the initiative, also those that showed nothing.

    Raises:
        ValueError: for parts that are not of the foundation.
    """
    unknown = set(written) - set(FOUNDATION)
    if unknown:
        raise ValueError(f"not a part of a foundation: {', '.join(sorted(unknown))}")
    lacking = [part for part in FOUNDATION if part not in written]
    evidence = _evidence(studies)
    if lacking:
        rung, missing = Rung.NONE, [_needed(part) for part in lacking]
    else:
        rung = max(Rung.WELL_FOUNDED, evidence)
        missing = _for_next(rung, studies)
    remarks = [told(f"kind_{int(evidence)}" if studies else "no_studies")]
    if _opposed(studies):
        remarks.append(told("contradicted", Outcome.WARNING))
    if 0 < len(studies) < ANY_STUDIES:
        remarks.append(told("two_studies_asked", Outcome.WARNING, found=len(studies)))
    return LadderGrade(rung, evidence, tuple(missing), (*remarks, told("committee_decides")))


def _evidence(studies: Sequence[Study]) -> Rung:
    good = [study for study in studies if study.shows == "better"]
    if not good or _opposed(studies):
        return Rung.NONE
    strong = [study for study in good if study.level >= _STRONG]
    if len(strong) >= STRONG_STUDIES and any(study.followed_up for study in strong):
        return Rung.STRONG_INDICATIONS
    if any(study.level >= _COMPARES for study in good):
        return Rung.GOOD_INDICATIONS
    return Rung.FIRST_INDICATIONS


def _opposed(studies: Sequence[Study]) -> bool:
    """Whether a study shows harm that is at least as strong as the best that shows good."""
    bad = [study.level for study in studies if study.shows == "worse"]
    good = [study.level for study in studies if study.shows == "better"]
    return bool(bad) and max(bad) >= max(good, default=0)


def _for_next(rung: Rung, studies: Sequence[Study]) -> list[Check]:
    if rung is Rung.STRONG_INDICATIONS:
        return [told("top_reached")]
    found: list[Check] = []
    if _opposed(studies):
        found.append(told("contradicted", Outcome.FAILED))
    strong = [s for s in studies if s.shows == "better" and s.level >= _STRONG]
    if rung is Rung.WELL_FOUNDED:
        found.append(_needed("change_study"))
    elif rung is Rung.FIRST_INDICATIONS:
        found.append(_needed("comparison_study"))
    else:
        more = STRONG_STUDIES - len(strong)
        if more > 0:
            count = {"more": more, "found": len(strong), "needed": STRONG_STUDIES}
            found.append(told("needs_strong_studies", Outcome.FAILED, **count))
        if not any(study.followed_up for study in strong):
            found.append(_needed("follow_up"))
    return found


def _needed(part: str) -> Check:
    return told(f"needs_{part}", Outcome.FAILED)
