"""Everybody can know which provider gives which forms: no small count follows from that."""

from itertools import product

from vliegwiel.science.trajectories import Split
from vliegwiel.science.trajectories.shown_counts import TOTAL, Grouped, Part, shown_counts

#: Who waits, and who was helped, by provider and the one form that each of them gives.
_WAITING = {("X", "a"): 16, ("Y", "a"): 8, ("Z", "b"): 35, ("W", "b"): 25, ("V", "b"): 9}
_HELPED = 40


def test_of_a_form_and_of_who_gives_it_alone_not_all_is_shown_beside_a_small_provider() -> None:
    """Of 24 who wait for a form 16 wait at X: at Y, the only other one, are eight."""
    items = [
        (provider, form, waits)
        for (provider, form), number in _WAITING.items()
        for waits in [True] * number + [False] * _HELPED
    ]
    sets = _grouped(items)
    shown = shown_counts(sets)
    assert (TOTAL, Part.WAITING) in shown[Split.FORM]
    assert ("Y", Part.WAITING) not in shown[Split.PROVIDER]
    both = ("a", Part.WAITING) in shown[Split.FORM], ("X", Part.WAITING) in shown[Split.PROVIDER]
    assert both != (True, True)
    # All that can be told stays.
    assert len(shown[Split.FORM]) + len(shown[Split.PROVIDER]) >= 10


def test_of_forms_that_some_providers_share_no_small_one_is_what_is_left_of_them() -> None:
    """Two give a, b and c, and nobody else does: what is left of them beside a and b is c."""
    numbers = {("X", "a"): 30, ("X", "b"): 25, ("X", "c"): 3,
               ("Y", "a"): 20, ("Y", "b"): 15, ("Y", "c"): 2,
               ("Z", "d"): 40, ("Z", "e"): 4, ("W", "d"): 50, ("W", "e"): 2}  # fmt: skip
    items = [
        (provider, form, waits)
        for (provider, form), number in numbers.items()
        for waits in [True] * number + [False] * _HELPED
    ]
    shown = shown_counts(_grouped(items))
    told = product((Split.FORM,), "ab"), product((Split.PROVIDER,), "XY")
    cells = [(row, Part.WAITING) in shown[split] for pairs in told for split, row in pairs]
    assert not all(cells)


def _grouped(items: list[tuple[str, str, bool]]) -> Grouped:
    """One youth each; of those who do not wait half started within the norm."""
    places = range(len(items))

    def rows(at: int) -> dict[str, frozenset[int]]:
        names = sorted({str(item[at]) for item in items})
        return {name: frozenset(n for n in places if items[n][at] == name) for name in names}

    waiting = frozenset(n for n in places if items[n][2])
    norm = frozenset(n for n in places if n % 2) - waiting
    return Grouped(
        tuple(map(str, places)),
        {Split.FORM: rows(1), Split.PROVIDER: rows(0)},
        {Part.ALL: frozenset(places), Part.WAITING: waiting, Part.NORM: norm},
    )
