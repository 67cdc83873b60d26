"""The made-up rounds of the demo: held once, marked, with the profile of the sector."""

import pytest

from tests.apps.trajectories.kept import make_region
from vliegwiel.apps.instruments import queries
from vliegwiel.cli.shipped_instruments import load_instruments, make_rounds


@pytest.mark.django_db
def test_rounds_are_held_once_and_say_that_they_are_made_up() -> None:
    region = make_region()
    for _start in range(2):
        load_instruments(lambda _done, _total: None)
        make_rounds(lambda _done, _total: None)
    compared, scanned = queries.round_list(region)
    assert {compared.mark, scanned.mark} == {"generated"}
    assert (compared.handed_in, scanned.handed_in) == (4, 40)
    detail = queries.round_detail(region, scanned.id)
    assert detail is not None
    result = queries.scanned(detail)
    assert result is not None
    assert result.total is not None
    means = {key: round(score.mean, 10) for key, score in result.total.aspects.items()}
    assert means == {aspect.key: aspect.compare for aspect in detail.instrument.aspects}
