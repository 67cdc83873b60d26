"""The table of offers of a generated region says what is true of it, counted here one by one."""

import csv
from collections import defaultdict
from io import StringIO
from statistics import median

from vliegwiel.science.regionbox import offers_csv, true_waits

from .boxes import told_at_once


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
