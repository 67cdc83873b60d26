"""The result of a pilot, as somebody without statistics reads it."""

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from django.test import Client
from django.utils import translation

from tests.apps.pilots.test_analysis import PLAN, persons, places
from tests.pilot_worlds import WORLDS, measure, registered, satisfaction
from tests.web.answers import Enter, entering, rows_of, text
from vliegwiel.apps.pilots import result_words
from vliegwiel.apps.pilots.analysis import Measured, result_of
from vliegwiel.apps.pilots.models import Description, Pilot
from vliegwiel.apps.pilots.queries import OutcomeResult, results_of, written_of
from vliegwiel.apps.pilots.sides import sides_of
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import Role
from vliegwiel.apps.regions.services import make_user
from vliegwiel.science.evidence.grading import FOUNDATION
from vliegwiel.web.pages.pilot_results.dossiers import _told as told_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(region: Region) -> User:
    return make_user(
        email="manager@example.nl",
        name="Marja",
        password="x" * 12,
        roles=[(region, Role.PROGRAMME_MANAGER)],
    )


@pytest.fixture
def as_reader(enter: Enter) -> Client:
    return enter(Role.READER)


def made(name: str, region: Region, by: User, *, measured: bool = True) -> int:
    world = WORLDS[name]
    pilot = registered(region, world, version=satisfaction(region, by), by=by)
    if measured:
        measure(pilot, world, by=by)
    return pilot


def address(pilot: int) -> str:
    return f"/regio/ijsselland/proeven/{pilot}/uitkomst/"


@pytest.mark.parametrize(
    ("name", "verdict", "said"),
    [
        ("clear", "Het werkt: dit is hard bewijs", "0,88 punten hoger (tussen 0,76 en 1)"),
        (
            "nothing",
            "Het maakt geen verschil dat ertoe doet",
            "geen verschil dat ertoe doet: het ligt",
        ),
        ("not_yet", "Het is nog niet te zeggen", "0,5 punten lager tot 1,4 punten hoger"),
        ("weak", "Het ziet er goed uit, maar het is geen hard bewijs", "1 punten hoger"),
        ("wrong", "Het maakt het slechter", "1,1 punten lager"),
    ],
)
def test_the_verdict_and_the_sentence_say_what_is_true(
    name: str, verdict: str, said: str, region: Region, manager: User
) -> None:
    (result,) = results_of(made(name, region, manager))
    with translation.override("nl"):
        label, _may = result_words.VERDICTS[result_words.verdict_of(result.found)]
        sentence = result_words.headline(result.plan, result.found)
        caution = result_words.caution(result.found)
        later = result_words.when(result.plan, result.found, today=date(2026, 11, 23))
        assert str(label) == verdict
    assert said in sentence
    assert bool(caution) == (name == "weak")
    assert (later is not None) == (name == "not_yet")


def test_the_dossier_goes_out_as_pdf_table_and_document(
    region: Region, manager: User, as_reader: Client
) -> None:
    pilot = made("clear", region, manager)
    base = address(pilot).replace("uitkomst", "dossier")
    assert "Het werkt: dit is hard bewijs" in text(as_reader.get(address(pilot)))
    page = text(as_reader.get(base))
    assert "Nog niet op de ladder" in page
    assert "Schrijf een handleiding in het Nederlands." in page
    described = "?" + "&".join(f"beschreven={part}" for part in FOUNDATION)
    answer = as_reader.get(base + described)
    assert '<input type="hidden" name="beschreven" value="">' in answer.content.decode()
    page = text(answer)
    assert "Trede 3: goede aanwijzingen dat het werkt" in page
    paper = as_reader.get(f"{base}dossier.pdf{described}")
    assert paper.content.startswith(b"%PDF")
    assert b"pdfuaid" in paper.content
    document = json.loads(as_reader.get(f"{base}dossier.json{described}").content)
    assert document["plan"] == Pilot.objects.get(pk=pilot).fingerprint
    assert document["ladder"]["step"] == 3
    assert (document["ladder"]["tried_out"], document["ladder"]["said_by"]) == (True, None)
    (outcome,) = document["outcomes"]
    assert outcome["verdict"] == "hard"
    assert outcome["looks"][-1]["low"] < outcome["effect"]["estimate"]
    rows = rows_of(as_reader.get(f"{base}dossier.csv"))
    assert {row["part"] for row in rows} == {"look", "with", "without"}
    assert rows == rows_of(as_reader.get(f"{address(pilot)}{outcome_of(pilot)}.csv"))


def test_what_is_written_down_is_kept_with_who_said_so(
    region: Region, manager: User, as_reader: Client, client: Client
) -> None:
    pilot = made("clear", region, manager)
    base = address(pilot).replace("uitkomst", "dossier")
    every = {"beschreven": [*FOUNDATION, "nonsense"]}
    assert as_reader.post(f"{base}bewaren/", every).status_code == 403
    client.force_login(manager)
    for _again in range(2):
        assert client.post(f"{base}bewaren/", every, follow=True).status_code == 200
    (kept,) = Description.objects.all()
    assert kept.parts == list(FOUNDATION)
    page = text(client.get(base))
    assert "Trede 3: goede aanwijzingen dat het werkt" in page
    said = f"{manager} gaf op"
    assert said in page
    document = json.loads(client.get(f"{base}dossier.json").content)
    assert document["ladder"]["step"] == 3
    assert (document["ladder"]["tried_out"], document["ladder"]["said_by"]) == (False, str(manager))
    # Who ticks something else, or nothing at all, reads nobody's word; and may not be the manager.
    for tried in ("?beschreven=", f"?beschreven=&beschreven={FOUNDATION[0]}"):
        page = text(as_reader.get(base + tried))
        assert "Nog niet op de ladder" in page
        assert said not in page
        assert "Dit is uitgeprobeerd" in page
    client.post(f"{base}bewaren/", {"beschreven": FOUNDATION[0]})
    assert Description.objects.count() == 2
    assert written_of(kept.initiative_id).parts == [FOUNDATION[0]]


def outcome_of(pilot: int) -> int:
    return Pilot.objects.get(pk=pilot).outcomes.get().pk


def test_before_the_first_measurement_it_says_so_and_elsewhere_there_is_nothing(
    region: Region, manager: User, as_reader: Client
) -> None:
    pilot = made("clear", region, manager, measured=False)
    page = text(as_reader.get(address(pilot)))
    assert "Over tevredenheid van jeugdigen is nog niets te zeggen." in page
    assert "Sinds de start is er niets gemeten." in page
    other = Region.objects.create(code="JZ99", slug="elders", name="Elders")
    assert as_reader.get(address(pilot).replace("ijsselland", "elders")).status_code == 403
    stranger = entering(other)(Role.READER)
    for page_of in ("uitkomst/", "dossier/", "dossier/dossier.pdf", "dossier/dossier.json"):
        place = address(pilot).replace("uitkomst/", page_of).replace("ijsselland", "elders")
        assert stranger.get(place).status_code == 404
    assert as_reader.get(f"{address(pilot)}999999.csv").status_code == 404


def test_means_of_few_youths_stay_hidden() -> None:
    measured = places(1.0, count=4)
    sides = sides_of("differences", measured, None, persons=True)
    assert {value for side in sides for value in side.values} == {None}
    shown = sides_of("differences", measured, None, persons=False)
    assert all(value is not None for side in shown for value in side.values)


def alone(sizes: float | None = None) -> Measured:
    """One group followed for four years, two units a month; a size for each, or none."""
    several = places(1.0, count=4, months=48)
    rows = several.group < 2
    parts = ("day", "moment", "value", "size", "baseline", "ended")
    unit = several.unit.only(rows)
    found = replace(several, unit=unit, **{name: getattr(several, name)[rows] for name in parts})
    nothing = np.full(int(rows.sum()), np.nan if sizes is None else sizes)
    group = np.zeros(int(rows.sum()), dtype=np.int64)
    starts = (date(2027, 1, 1),)
    return replace(found, names=("g",), treated=(True,), starts=starts, group=group, size=nothing)


def test_a_series_of_few_youths_stays_hidden_with_what_was_expected() -> None:
    measured = alone()
    plan = replace(PLAN, design="interrupted", starts_on=date(2027, 1, 1))
    effect = result_of(plan, measured).effect
    assert effect is not None
    hidden = sides_of("interrupted", measured, effect, persons=True)
    assert [side.name for side in hidden] == ["with", "expected"]
    assert {value for side in hidden for value in side.values} == {None}
    shown = sides_of("interrupted", measured, effect, persons=False)
    assert None not in shown[0].values


def test_a_point_of_places_with_few_youths_stays_hidden() -> None:
    for sizes, hidden in ((4.0, True), (5.0, False)):
        for effect_of_it in (None, "interrupted"):
            measured = alone(sizes)
            plan = replace(PLAN, design="interrupted", starts_on=date(2027, 1, 1))
            effect = result_of(plan, measured).effect if effect_of_it else None
            side = sides_of("interrupted", measured, effect, persons=False)[0]
            assert ({*side.values} == {None}) is hidden


def test_the_document_tells_no_waits_of_single_youths() -> None:
    plan = replace(PLAN, design="survival", lot="persons", better="lower", of_persons=True)
    found = result_of(plan, persons("survival", 0.5))
    assert found.effect is not None
    result = OutcomeResult(1, plan, found, 1, None, (), (), "")
    told = told_of(result, found.effect)
    assert told["series"] == []
    assert [arm["persons"] for arm in told["arms"]] == [200, 200]
    arms = tuple(replace(one, persons=9) for one in found.effect.arms)
    told = told_of(result, replace(found.effect, arms=arms))
    assert [arm["persons"] for arm in told["arms"]] == [None, None]
    assert told["quantities"] == []
