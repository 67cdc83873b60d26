"""A map of tiles: every municipality once, about where it lies, and reachable by keyboard."""

from itertools import combinations, groupby
from xml.etree import ElementTree

import pytest

from vliegwiel import reference
from vliegwiel.web.charts import Tile, tile_map
from vliegwiel.web.charts.tiles import places_of


def regions() -> dict[str, list[str]]:
    rows = sorted(reference.municipality_rows(), key=lambda row: row.region)
    return {
        region: [row.code for row in group]
        for region, group in groupby(rows, lambda row: row.region)
    }


def test_every_municipality_has_a_place_in_the_netherlands() -> None:
    places = reference.municipality_places()
    assert set(places) == {row.code for row in reference.municipality_rows()}
    for place in places.values():
        assert 50.7 < place.latitude < 53.6
        assert 3.3 < place.longitude < 7.3


def test_tiles_of_every_region_lie_about_as_the_municipalities_do() -> None:
    where = reference.municipality_places()
    for region, codes in regions().items():
        points = [(where[code].latitude, where[code].longitude) for code in codes]
        columns, rows = places_of(points)
        cells = list(zip(columns, rows, strict=True))
        assert len(set(cells)) == len(cells), region
        assert set(columns) == set(range(max(columns) + 1)), region
        # Of pairs that lie clearly apart, hardly any is turned round.
        turned = total = 0
        for one, other in combinations(range(len(codes)), 2):
            for axis, cell in ((0, 1), (1, 0)):
                real = points[one][axis] - points[other][axis]
                if abs(real) > (0.09, 0.15)[axis]:
                    drawn = cells[one][cell] - cells[other][cell]
                    total += 1
                    turned += drawn * real * (-1 if axis == 0 else 1) < 0
        assert turned <= 0.05 * total, (region, turned, total)


def test_each_tile_is_a_link_that_says_its_value() -> None:
    drawn = tile_map(
        [
            Tile("Zwolle", 52.51, 6.09, "9,6%", 3, "/0193/"),
            Tile("Steenwijkerland", 52.79, 6.12, "—", None, "/1708/"),
        ],
        description="Kaart",
    )
    root = ElementTree.fromstring(f"<div>{drawn}</div>")
    wide, narrow = list(root)
    for svg in (wide, narrow):
        links = [part for part in svg.iter() if part.tag.endswith("}a")]
        assert [link.get("aria-label") for link in links] == ["Steenwijkerland: —", "Zwolle: 9,6%"]
        assert [link.get("href") for link in links] == ["/1708/", "/0193/"]
    assert "stroke-dasharray" in drawn
    with pytest.raises(ValueError, match="at least one"):
        tile_map([], description="")


def test_names_stay_inside_their_tiles() -> None:
    where = reference.municipality_places()
    names = {row.code: row.name for row in reference.municipality_rows()}
    for codes in regions().values():
        tiles = [
            Tile(names[code], where[code].latitude, where[code].longitude, "10,6%", 1, "/")
            for code in codes
        ]
        for svg in ElementTree.fromstring(f"<div>{tile_map(tiles, description='')}</div>"):
            for tile in svg:
                link, *words = tile
                box = link[0]
                for text in words:
                    half = len(text.text or "") * float(text.get("font-size", 0)) * 0.28
                    assert float(text.get("x", 0)) - half >= float(box.get("x", 0)) - 6, text.text
                    assert float(text.get("y", 0)) <= float(box.get("y", 0)) + float(
                        box.get("height", 0)
                    ), (link.get("aria-label"), text.text)
