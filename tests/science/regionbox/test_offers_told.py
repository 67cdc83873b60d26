"""Tables of a generated region say what is true of it, counted here one by one."""

import csv
from collections import defaultdict
from datetime import date
from io import StringIO
from statistics import median

import pytest

from vliegwiel.science.regionbox import counts_of_cbs_csv, offers_csv, true_waits
from vliegwiel.science.trajectories import BRIDGE_FORMS, FORM_NOT_TOLD, derive
from vliegwiel.science.trajectories.bridge import bridge_rows

from .boxes import read, told_at_once


def test_places_and_waits_are_those_of_the_region() -> None:
    box = told_at_once()
    last = box.courses.last
    days: dict[tuple[str, int], list[int]] = defaultdict(list)
    waits = true_waits(box, last)
    for visit, started, start, origin in zip(
        waits.visit, waits.started, waits.start, waits.origin, strict=True
    ):
        if started and start > last - 365:
            provider = box.catalogue.agb[box.courses.provider[visit]]
            days[provider, int(box.courses.care_type[visit])].append(int(start - origin))
    rows = list(csv.DictReader(StringIO(offers_csv(box))))
    told = {(row["provider_code"], int(row["offer_code"][2:])): row for row in rows}
    assert set(days) <= set(told)
    for key, row in told.items():
        if row["wait_days"]:
            assert abs(int(row["wait_days"]) - median(days[key])) <= 0.5
        else:
            assert key not in days
    in_care = (box.courses.start <= last) & (box.courses.over > last)
    assert sum(int(row["places"]) for row in rows) == in_care.sum()
    assert {row["free"] for row in rows if row["care_form"] in {"secure", "probation"}} == {"no"}


@pytest.mark.slow
def test_cbs_counts_what_messages_tell_when_they_tell_everything() -> None:
    """Up to rounding by five, and help of which messages do not tell the form."""
    box = told_at_once()
    rows = csv.DictReader(StringIO(counts_of_cbs_csv(box)))
    told = {
        (row["care_form"], row["measure"]): int(row["value"])
        for row in rows
        if row["period"] == "2024"
    }
    found = derive(read(box).records, known=box.options.day(box.courses.last))
    counted = {row.form: row for row in bridge_rows(found, date(2024, 1, 1), date(2024, 12, 31))}
    unsure = counted[FORM_NOT_TOLD].helped
    assert unsure is not None
    for form in set(BRIDGE_FORMS) - {FORM_NOT_TOLD}:
        for measure, own in (
            ("youths_with_care", counted[form].helped),
            ("trajectories", counted[form].trajectories),
        ):
            assert own is not None
            if (form, measure) in told:
                assert abs(told[form, measure] - own) <= 2 + unsure, (form, measure)
            else:
                assert own < 10
    assert len(told) > 6
