"""`vliegwiel figures cbs`: tables of CBS over the network or from a file, each whole or not."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.cli.statline_server import Service, statline
from vliegwiel.apps.figures.models import FigureDelivery, RegionalFigure
from vliegwiel.apps.figures.services import load_sources
from vliegwiel.apps.regions import services
from vliegwiel.apps.regions.models import Region
from vliegwiel.cli import statline_http
from vliegwiel.cli.main import app

pytestmark = pytest.mark.usefixtures("as_if_alone")


@pytest.fixture
def ijsselland(db: None) -> Region:
    load_sources(by=services.system_user())
    facts = services.RegionFacts(
        code="JZ07",
        name="IJsselland",
        municipalities=[("0193", "Zwolle"), ("0177", "Raalte")],
        since=date(2026, 1, 1),
    )
    services.load_regions(regions=[facts], by=services.system_user())
    return Region.objects.get(code="JZ07")


@pytest.fixture
def cbs(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setattr(statline_http, "_FIRST_PAUSE", 0.0)
    with statline() as service:
        yield service


def ask(service: Service, folder: Path, *more: str) -> Result:
    words = ["figures", "cbs", "--region", "ijsselland", "--table", "85099NED", "--language", "en"]
    words += ["--folder", str(folder), "--v4", service.v4, "--v3", service.v3, *more]
    return CliRunner().invoke(app, words)


def load_file(file: Path) -> Result:
    words = ["figures", "cbs", str(file), "--region", "JZ07", "--language", "en"]
    return CliRunner().invoke(app, words)


def kept(area: str, period: str = "2022", measure: str = "youths_with_care") -> RegionalFigure:
    return RegionalFigure.objects.get(
        area=area, period=period, measure=measure, care_form="all_youth_care",
        replaced_by__isnull=True,
    )  # fmt: skip


def test_a_table_comes_in_pages_and_every_figure_tells_where_it_is_from(
    ijsselland: Region, cbs: Service, tmp_path: Path
) -> None:
    done = ask(cbs, tmp_path)
    assert done.exit_code == 0, done.output
    assert cbs.asked["/v4/85099NED/Observations"] == 3
    assert "15 cells" not in done.output  # Twente is not asked for
    assert "changed by CBS on 2024-10-31" in done.output
    figure = kept("JZ07")
    assert (figure.value, figure.status) == (Decimal(13500), "second_provisional")
    assert (figure.table, figure.modified_on) == ("85099NED", date(2024, 10, 31))
    assert figure.fetched_on is not None
    assert (kept("0193").value, kept("NL").value) == (3450, 469000)
    assert kept("JZ07", "2023H1").status == "provisional"
    assert kept("JZ07", measure="share_of_youths").decimals == 1
    assert not RegionalFigure.objects.filter(area="JZ14").exists()
    assert "“Een vorm die nog niemand kent” is not known: 2 cells" in done.output
    assert "no number in 2 cells" in done.output


def test_the_same_again_changes_nothing(ijsselland: Region, cbs: Service, tmp_path: Path) -> None:
    ask(cbs, tmp_path)
    before = list(RegionalFigure.objects.order_by("pk").values())
    again = ask(cbs, tmp_path)
    assert "not changed since it was saved" in again.output
    assert "Nothing changed" in again.output
    assert cbs.asked["/v4/85099NED/Observations"] == 3
    fetched_anew = ask(cbs, tmp_path, "--again")
    assert "Nothing changed" in fetched_anew.output
    assert list(RegionalFigure.objects.order_by("pk").values()) == before
    assert FigureDelivery.objects.count() == 1


def test_a_newer_state_replaces_confirms_and_withdraws(
    ijsselland: Region, cbs: Service, tmp_path: Path
) -> None:
    ask(cbs, tmp_path)
    cbs.modified = "2025-04-30T02:00:00+02:00"
    cbs.youths["JZ07  ", "2022JJ00", "T001"] = (13700, 9.3)
    del cbs.youths["GM0177", "2022JJ00", "T001"]
    done = ask(cbs, tmp_path)
    assert "0 of them new, 1 changed, 2 not shown any more" in done.output
    assert kept("JZ07").value == 13700
    assert kept("0193").modified_on == date(2025, 4, 30)
    assert not RegionalFigure.objects.filter(area="0177", replaced_by__isnull=True).exists()
    assert RegionalFigure.objects.filter(value=13500, replaced_by__isnull=False).count() == 1


def test_a_busy_service_and_a_cut_connection_are_tried_again(
    ijsselland: Region, cbs: Service, tmp_path: Path
) -> None:
    cbs.trouble = {"Properties": [503], "Observations": ["cut", 500], "RegioSCodes": [429, 502]}
    assert ask(cbs, tmp_path).exit_code == 0
    assert kept("JZ07").value == 13500


def test_version_3_answers_where_version_4_does_not_have_the_table(
    ijsselland: Region, cbs: Service, tmp_path: Path
) -> None:
    cbs.trouble = {"/v4/": [404] * 20}
    done = ask(cbs, tmp_path)
    assert "OData v3" in done.output
    assert cbs.asked["/v3/85099NED/TypedDataSet"] == 2
    assert (kept("JZ07").value, kept("0193").value) == (13500, 3450)
    assert kept("JZ07").modified_on == date(2024, 10, 31)


def test_without_the_service_the_saved_table_is_used_and_else_nothing_is_loaded(
    ijsselland: Region, cbs: Service, tmp_path: Path
) -> None:
    cbs.trouble = {"/v4/": [403] * 50, "/v3/": [500] * 50}
    away = ask(cbs, tmp_path)
    assert away.exit_code == 1
    assert "HTTP 403" in away.output
    assert "HTTP 500" in away.output
    assert not RegionalFigure.objects.exists()
    assert list(tmp_path.glob("*.json")) == []
    cbs.trouble = {}
    assert ask(cbs, tmp_path, "--only-fetch").exit_code == 0
    assert not RegionalFigure.objects.exists()
    cbs.trouble = {"/v4/": [403] * 50, "/v3/": [500] * 50}
    found = ask(cbs, tmp_path)
    assert (found.exit_code, kept("JZ07").value) == (0, 13500)
    assert "CBS cannot be asked; the table that was fetched on" in found.output


def test_a_list_is_not_followed_to_another_host(
    ijsselland: Region, cbs: Service, tmp_path: Path
) -> None:
    cbs.elsewhere, cbs.trouble = "http://elders.example", {"/v3/": [404] * 5}
    done = ask(cbs, tmp_path)
    assert (done.exit_code, RegionalFigure.objects.count()) == (1, 0)
    assert "another host" in done.output


def test_a_saved_file_loads_without_anybody_to_ask_and_a_damaged_one_is_refused(
    ijsselland: Region, cbs: Service, tmp_path: Path
) -> None:
    ask(cbs, tmp_path, "--only-fetch")
    file = tmp_path / "85099NED-JZ07.json"
    asked = cbs.asked.total()
    saved = json.loads(file.read_text(encoding="utf-8"))
    damage = {
        "is damaged at “modified”": {**saved, "modified": "in october"},
        "not a saved table": {"table": "85099NED"},
        "does not read table 70072NED": {**saved, "table": "70072NED"},
        "stands in the table twice": {**saved, "observations": saved["observations"] * 2},
        "no figures of this region": {
            **saved,
            "observations": [row for row in saved["observations"] if row["at"][1] == "NL01"],
        },
        "which the table does not have": {**saved, "measures": []},
        "holds what cannot be": {
            **saved,
            "observations": [{**row, "value": -1} for row in saved["observations"]],
        },
    }
    for words, content in damage.items():
        broken = tmp_path / "broken.json"
        broken.write_text(json.dumps(content), encoding="utf-8")
        refused = load_file(broken)
        assert (refused.exit_code, RegionalFigure.objects.count()) == (2, 0), words
        assert words in refused.output
    loaded = load_file(file)
    assert (loaded.exit_code, kept("JZ07").value) == (0, 13500)
    assert cbs.asked.total() == asked
