"""Files of regional figures: taken whole or refused whole, and replaced without being lost."""

from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from vliegwiel.apps.figures import DeliveryRefused
from vliegwiel.apps.figures.findings import errors
from vliegwiel.apps.figures.models import FigureDelivery, RegionalFigure, Source
from vliegwiel.apps.figures.queries import figure_deliveries
from vliegwiel.apps.figures.queries.regional import BESIDE_MADE_UP
from vliegwiel.apps.figures.regional_csv import COLUMNS, RULES
from vliegwiel.apps.figures.services import load_figures, load_shipped_figures, load_sources
from vliegwiel.apps.figures.text_files import FILE_RULES
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import Region, User

pytestmark = pytest.mark.usefixtures("in_english")

SOURCE = "aanpak-wachttijden-ijsselland-2023"
GOOD_ROW = {
    "measure": "youths_with_care",
    "region": "JZ07",
    "period": "2022",
    "sex": "all",
    "age_band": "0-22",
    "care_form": "all_youth_care",
    "referrer": "all",
    "value": "13450",
    "unit": "persons",
    "status": "printed",
    "label": "printed",
    "source": SOURCE,
    "place": "p. 6",
    "note_nl": "",
    "note_en": "",
}


def line(**changed: str) -> str:
    cells = {**GOOD_ROW, **changed}
    return ",".join(f'"{cells[column]}"' for column in COLUMNS)


def content(*lines: str) -> bytes:
    return "\n".join([",".join(COLUMNS), *lines, ""]).encode()


BROKEN: dict[str, tuple[bytes, list[tuple[str, str]]]] = {
    "a JSON file": (
        b'{"measure": "youths"}',
        [
            (
                "",
                "This looks like a JSON file (the name ends in .json). "
                "Only a CSV file (the name ends in .csv) can be loaded here.",
            )
        ],
    ),
    "empty": (b"", [("", "The file is empty.")]),
    "nothing but the mark of UTF-8": (b"\xef\xbb\xbf", [("", "The file is empty.")]),
    "nothing but blank lines": (b"\xef\xbb\xbf\n \n", [("", "The file is empty.")]),
    "HTML": (b"<html></html>", [("", "This is a web page, not a data file.")]),
    "wrong encoding": (
        "measure;één".encode("latin-1"),
        [("", "The file is not UTF-8: byte 9 cannot be read.")],
    ),
    "heading only": (content(), [("", "The file has a heading but no figures.")]),
    "a column less": (
        content(line()).replace(b"value", b"waarde"),
        [
            ("line 1", "The column 'value' is missing."),
            ("line 1", "The column 'waarde' is not known."),
        ],
    ),
    "a column twice": (
        (",".join([*COLUMNS, "value"]) + "\n").encode(),
        [("line 1", "The column 'value' stands twice.")],
    ),
    "broken quotation": (
        content(line(), '"x" y'),
        [("", "The file cannot be read as CSV at line 3.")],
    ),
    "too few cells": (
        content(line(), "a,b"),
        [("line 3", "The number of cells in this line is 2; in the heading it is 15.")],
    ),
    "Dutch notation": (
        content(line(value="13.450,5")),
        [("line 2, value", "'13.450,5' is not a number such as 13450 or 8.5.")],
    ),
    "not a number": (
        content(line(value="NaN")),
        [("line 2, value", "'NaN' is not a number such as 13450 or 8.5.")],
    ),
    "negative": (
        content(line(value="-5")),
        [("line 2, value", "A figure cannot be negative: -5.")],
    ),
    "too large": (
        content(line(value="100000000000")),
        [("line 2, value", "100000000000 is too large for a figure.")],
    ),
    "half a youth": (
        content(line(value="13450.5")),
        [("line 2, value", "A count must be a whole number: 13450.5.")],
    ),
    "more than all": (
        content(line(value="101", unit="percent", measure="share_of_youths")),
        [("line 2, value", "A share cannot be more than 100 percent: 101.")],
    ),
    "no place": (content(line(place="")), [("line 2, place", "This cell may not be empty.")]),
    "unknown word": (
        content(line(sex="other")),
        [("line 2, sex", "'other' is not one of: all, male, female.")],
    ),
    "period": (
        content(line(period="2022Q1")),
        [
            (
                "line 2, period",
                "'2022Q1' is not a period: a year (2022), a half year (2022H1) "
                "or a day (2020-12-31).",
            )
        ],
    ),
    "age": (
        content(line(age_band="0+")),
        [("line 2, age_band", "'0+' is not an age band such as 0-22, nor 'all'.")],
    ),
    "another region": (
        content(line(region="JZ14")),
        [
            (
                "line 2, region",
                "The figure is about 'JZ14'; this file is loaded for JZ07 / NL.",
            )
        ],
    ),
    "unknown source": (
        content(line(source="somewhere")),
        [("line 2, source", "The source 'somewhere' is not in the bibliography.")],
    ),
    "the same figure twice": (
        content(line(), line(value="5", sex="male"), line(value="7")),
        [("line 4", "The same figure stands on line 2.")],
    ),
    "half a note": (
        content(line(note_en="About.")),
        [("line 2, note_nl", "The note stands in one language only.")],
    ),
    "calculated, but how": (
        content(line(status="calculated")),
        [("line 2, note_en", "A calculated figure needs a note that says how.")],
    ),
    "a character that is no text": (
        content(line(place="p.\x00 6")),
        [("line 2, place", "The cell holds a character that is no text.")],
    ),
    "an endless text": (
        content(line(place="p" * 1001)),
        [("line 2, place", "The text has more than 1000 characters.")],
    ),
}


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.usefixtures("bibliography")
def test_a_broken_file_is_refused_whole(name: str, ijsselland: Region, system: User) -> None:
    broken, said = BROKEN[name]
    with pytest.raises(DeliveryRefused) as refused:
        load_figures(region=ijsselland, name="figures.csv", content=broken, by=system)
    found = errors(refused.value.findings)
    assert [(finding.path, finding.message) for finding in found] == said
    assert all(finding.suggestion for finding in found)
    assert not RegionalFigure.objects.exists()
    assert not FigureDelivery.objects.exists()


@pytest.mark.usefixtures("bibliography")
def test_every_rule_is_shown_by_a_broken_file(ijsselland: Region, system: User) -> None:
    shown = {"too_large"}  # shown for the other importer, which reads files the same way
    for broken, _said in BROKEN.values():
        with pytest.raises(DeliveryRefused) as refused:
            load_figures(region=ijsselland, name="f", content=broken, by=system)
        shown |= {finding.code for finding in refused.value.findings}
    assert shown == set(RULES)
    assert {rule.code for rule in FILE_RULES} <= shown


@pytest.mark.usefixtures("bibliography")
def test_the_same_file_again_changes_nothing(ijsselland: Region, system: User) -> None:
    first = load_figures(region=ijsselland, name="a.csv", content=content(line()), by=system)
    again = load_figures(region=ijsselland, name="b.csv", content=content(line()), by=system)
    assert (first.added, first.changed) == (1, True)
    assert (again.added, again.replaced, again.changed, again.delivery_id) == (0, 0, False, None)
    assert FigureDelivery.objects.count() == 1


@pytest.mark.usefixtures("bibliography")
def test_a_corrected_figure_replaces_and_the_old_one_stays(
    ijsselland: Region, system: User
) -> None:
    load_figures(region=ijsselland, name="a.csv", content=content(line()), by=system)
    corrected = content(line(value="13500", status="final"))
    outcome = load_figures(region=ijsselland, name="b.csv", content=corrected, by=system)
    assert (outcome.added, outcome.replaced) == (0, 1)
    old, new = RegionalFigure.objects.order_by("pk")
    assert (old.value, old.replaced_by_id) == (13450, outcome.delivery_id)
    assert (new.value, new.replaced_by_id) == (13500, None)
    # Going back to the first file is a change again, and nothing is lost.
    load_figures(region=ijsselland, name="a.csv", content=content(line()), by=system)
    current = RegionalFigure.objects.get(replaced_by__isnull=True)
    assert current.value == 13450
    assert RegionalFigure.objects.count() == 3


@pytest.mark.usefixtures("bibliography")
def test_loads_are_listed_newest_first(ijsselland: Region, system: User) -> None:
    for value in ("13450", "13500", "13600"):
        file = content(line(value=value), line(value=value, sex="male"))
        load_figures(region=ijsselland, name=f"{value}.csv", content=file, by=system)
    listed = figure_deliveries(ijsselland)
    assert [item.name for item in listed] == ["13600.csv", "13500.csv", "13450.csv"]
    assert [item.figures for item in listed] == [2, 2, 2]
    assert len(figure_deliveries(ijsselland, limit=1)) == 1


@pytest.mark.usefixtures("bibliography")
def test_a_load_tells_the_years_of_what_it_added(ijsselland: Region, system: User) -> None:
    first = content(
        line(), line(period="2021"), line(period="2023", region="NL"), line(period="2020H1")
    )
    load_figures(region=ijsselland, name="a.csv", content=first, by=system)
    second = content(line(value="13500"), line(period="2021", value="9"), line(period="2019"))
    load_figures(region=ijsselland, name="b.csv", content=second, by=system)
    load_figures(region=ijsselland, name="c.csv", content=content(line()), by=system)
    told = [
        (item.name, item.figures, item.added, item.renewed, item.years)
        for item in figure_deliveries(ijsselland)
    ]
    assert told == [
        ("c.csv", 1, 0, 1, []),
        ("b.csv", 3, 1, 2, ["2019"]),
        ("a.csv", 4, 3, 0, ["2020", "2021", "2022"]),
    ]


@pytest.mark.usefixtures("bibliography")
def test_counts_beside_made_up_messages_are_no_load_of_figures(
    ijsselland: Region, system: User
) -> None:
    made_up = line(period="2021", source=BESIDE_MADE_UP)
    load_figures(region=ijsselland, name="a.csv", content=content(made_up), by=system)
    load_figures(region=ijsselland, name="b.csv", content=content(line()), by=system)
    # Those made up later take no place of the ones that are asked for.
    other = content(line(period="2020", source=BESIDE_MADE_UP))
    load_figures(region=ijsselland, name="c.csv", content=other, by=system)
    (told,) = figure_deliveries(ijsselland, limit=1)
    assert (told.name, told.figures, told.years) == ("b.csv", 1, ["2022"])
    both = content(line(period="2019"), line(period="2018", source=BESIDE_MADE_UP))
    load_figures(region=ijsselland, name="d.csv", content=both, by=system)
    told, _first = figure_deliveries(ijsselland)
    assert (told.name, told.figures, told.years) == ("d.csv", 1, ["2019"])


@pytest.mark.usefixtures("bibliography")
def test_more_loads_take_no_more_queries(
    ijsselland: Region, system: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for value in ("13450", "13500", "13600"):
        load_figures(region=ijsselland, name="a.csv", content=content(line(value=value)), by=system)
        with django_assert_num_queries(2):
            figure_deliveries(ijsselland)


@pytest.mark.usefixtures("bibliography")
def test_printed_decimals_are_kept(ijsselland: Region, system: User) -> None:
    lines = [
        line(measure="share_of_youths", unit="percent", value="10", region="NL"),
        line(measure="share_of_youths", unit="percent", value="1.0"),
    ]
    load_figures(region=ijsselland, name="a.csv", content=content(*lines), by=system)
    kept = {figure.area: figure for figure in RegionalFigure.objects.all()}
    assert (kept["NL"].value, kept["NL"].decimals) == (Decimal(10), 0)
    assert (kept["JZ07"].value, kept["JZ07"].decimals) == (Decimal(1), 1)


@pytest.mark.usefixtures("bibliography")
def test_who_may_only_read_loads_nothing(ijsselland: Region, reader: User) -> None:
    with pytest.raises(NotAllowed):
        load_figures(region=ijsselland, name="a.csv", content=content(line()), by=reader)


def test_the_bibliography_is_loaded_by_the_installation_alone(system: User, reader: User) -> None:
    assert load_sources(by=system) > 0
    assert load_sources(by=system) == 0
    with pytest.raises(PermissionError):
        load_sources(by=reader)
    Source.objects.filter(key=SOURCE).update(title="Changed by hand")
    assert load_sources(by=system) == 1


@pytest.mark.usefixtures("bibliography")
def test_what_ships_is_loaded_for_its_own_region(
    ijsselland: Region, twente: Region, system: User
) -> None:
    loaded = load_shipped_figures(region=ijsselland, by=system)
    assert {(item.name, item.changed) for item in loaded} == {
        ("ijsselland.csv", True),
        ("netherlands.csv", True),
    }
    assert not any(item.changed for item in load_shipped_figures(region=ijsselland, by=system))
    load_shipped_figures(region=twente, by=system)
    assert set(RegionalFigure.objects.filter(region=twente).values_list("area", flat=True)) == {
        "JZ14",
        "NL",
    }
