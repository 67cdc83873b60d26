"""The register: loaded whole or not at all, nothing overwritten, found again and put together."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.apps.figures.waiting_files import content
from tests.apps.figures.waiting_files import row as page
from tests.apps.offers.offer_files import csv_of, row, without_wait
from tests.apps.trajectories.kept import keep_crowd, make_person, make_region
from vliegwiel.apps.figures.services import deliver_waiting_times
from vliegwiel.apps.offers import ChangedMeanwhile, OfferFacts, OfferRefused, OffersRefused, queries
from vliegwiel.apps.offers.models import Offer, OfferDelivery, OfferVersion, OfferWait, Provider
from vliegwiel.apps.offers.queries import Cover, OfferWanted, Reason
from vliegwiel.apps.offers.services import load_offers, name_provider, save_offer
from vliegwiel.apps.offers.vocabulary import OfferedForm
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import Role
from vliegwiel.apps.regions.services import system_user
from vliegwiel.apps.trajectories import services as trajectories
from vliegwiel.apps.trajectories.queries import overview, situation, wait_table
from vliegwiel.science.trajectories import NORM_DAYS, Clock, Split

TODAY = date(2026, 11, 22)
FACTS = OfferFacts("Gezinshulp", OfferedForm.OWN_NETWORK, "", 0, 22, ("0193",), free=True)


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def analyst(region: Region) -> User:
    return make_person(region, Role.ANALYST)


def load(region: Region, *rows: dict[str, str]) -> None:
    load_offers(region=region, name="aanbod.csv", content=csv_of(rows), by=system_user())


def titles(region: Region, **wanted: object) -> list[str]:
    return [line.title for line in queries.find_offers(region, OfferWanted(**wanted), on=TODAY)]  # type: ignore[arg-type]


def counts() -> tuple[int, ...]:
    return tuple(
        model.objects.count() for model in (OfferDelivery, Provider, Offer, OfferVersion, OfferWait)
    )


def test_the_same_table_twice_changes_nothing_and_a_change_is_a_new_version(region: Region) -> None:
    load(region, row(), row(offer_code="b", offer="Dagbehandeling", care_form="day_help"))
    before = counts()
    assert before == (1, 1, 2, 2, 2)
    load(region, row(), row(offer_code="b", offer="Dagbehandeling", care_form="day_help"))
    assert counts() == before
    load(region, row(places="25", wait_days="56", wait_on="2026-06-01", provider="De Beuken"))
    assert counts() == (2, 2, 2, 3, 3)
    offer = Offer.objects.get(code="amb")
    detail = queries.offer_detail(region, offer.pk)
    assert detail is not None
    assert [past.line.places for past in detail.versions] == [25, 20]
    assert [wait.days for wait in detail.waits] == [56, 42]
    assert detail.line.provider == "De Beuken"
    # What the table does not name stays; an empty wait leaves what was said.
    load(region, without_wait(places="25", provider="De Beuken"))
    assert "Dagbehandeling" in titles(region)
    assert queries.offer_detail(region, offer.pk) == detail


def test_a_table_with_a_fault_leaves_everything_as_it_was(region: Region) -> None:
    load(region, row())
    before = counts()
    with pytest.raises(OffersRefused) as refused:
        load(region, row(places="30"), row(offer_code="b", municipalities="Ergens"))
    assert [item.code for item in refused.value.findings] == ["municipality_unknown"]
    assert counts() == before


def test_who_may_not_edit_changes_nothing(region: Region) -> None:
    reader = make_person(region, Role.READER)
    with pytest.raises(NotAllowed):
        load_offers(region=region, name="x", content=csv_of([row()]), by=reader)
    with pytest.raises(NotAllowed):
        name_provider(region=region, code="01234567", title="Wij", by=reader)
    with pytest.raises(NotAllowed):
        save(region, reader)
    assert counts() == (0, 0, 0, 0, 0)


def save(region: Region, by: User, facts: OfferFacts = FACTS, seen: int | None = None) -> Offer:
    return save_offer(
        region=region, provider_code="01234567", provider="De Beuk", code="amb", facts=facts,
        wait=None, seen=seen, by=by,
    )  # fmt: skip


def test_two_editors_do_not_overwrite_each_other(region: Region, analyst: User) -> None:
    offer = save(region, analyst)
    opened = offer.versions.get().pk
    other = OfferFacts("Gezinshulp", OfferedForm.OWN_NETWORK, "", 0, 12, ("0193",), free=False)
    save(region, analyst, other, seen=opened)
    with pytest.raises(ChangedMeanwhile):
        save(region, analyst, FACTS, seen=opened)
    with pytest.raises(OfferRefused, match=r"already|al een"):
        save(region, analyst, FACTS, seen=None)
    assert offer.versions.get(replaced_at__isnull=True).age_to == 12


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("title", OfferFacts("", OfferedForm.CRISIS, "", 0, 22, ("0193",), free=True)),
        ("age_to", OfferFacts("Hulp", OfferedForm.CRISIS, "", 9, 8, ("0193",), free=True)),
        ("municipalities", OfferFacts("Hulp", OfferedForm.CRISIS, "", 0, 8, ("0363",), free=True)),
        ("municipalities", OfferFacts("Hulp", OfferedForm.CRISIS, "", 0, 8, (), free=True)),
        (
            "ends_on",
            OfferFacts("Hulp", OfferedForm.CRISIS, "", 0, 8, ("0193",), free=True,
                       starts_on=TODAY, ends_on=TODAY - timedelta(days=1)),
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_told_at_its_field(
    region: Region, analyst: User, field: str, facts: OfferFacts
) -> None:
    with pytest.raises(OfferRefused) as refused:
        save(region, analyst, facts)
    assert set(refused.value.problems) == {field}
    assert counts() == (0, 0, 0, 0, 0)


def test_the_finder_fits_every_wish_and_sorts_by_wait(region: Region) -> None:
    load(
        region,
        row(),
        row(offer_code="b", offer="Snel", wait_days="7", free="no", age_from="0", age_to="22"),
        without_wait(offer_code="c", offer="Onbekend", municipalities="Kampen"),
        row(offer_code="d", offer="Voorbij", ends_on="2026-11-21"),
        row(offer_code="e", offer="Laatste dag", ends_on="2026-11-22", wait_days="90"),
        row(offer_code="f", offer="Nog niet", starts_on="2026-11-23"),
        row(offer_code="g", offer="Pleegzorg", care_form="foster_care", wait_days="0"),
    )
    all_of_them = ["Pleegzorg", "Snel", "Gezinshulp thuis", "Laatste dag", "Onbekend"]
    assert titles(region) == all_of_them
    assert titles(region, form="foster_care") == ["Pleegzorg"]
    assert titles(region, age=13) == ["Snel"]
    assert titles(region, age=12) == all_of_them
    assert titles(region, municipality="0166") == ["Onbekend"]
    assert titles(region, only_free=True) == [title for title in all_of_them if title != "Snel"]


def test_cover_says_the_worst_that_is_true(region: Region) -> None:
    beyond, within = str(NORM_DAYS + 1), str(NORM_DAYS)
    load(
        region,
        row(offer_code="a", municipalities="Zwolle|Deventer", wait_days=beyond),
        row(offer_code="b", municipalities="Deventer", wait_days=within),
        row(offer_code="c", municipalities="Zwolle|Kampen", wait_days="1", free="no"),
        without_wait(offer_code="d", care_form="day_help", municipalities="Zwolle"),
        row(offer_code="e", care_form="day_help", municipalities="Kampen", wait_until="intake"),
    )
    found = queries.covering(region, on=TODAY)
    cells = {
        (row.form, cell.municipality): (cell.cover, cell.days)
        for row in found.rows
        for cell in row.cells
    }
    assert cells["own_network", "0193"] == (Cover.BEYOND, NORM_DAYS + 1)
    assert cells["own_network", "0150"] == (Cover.COVERED, NORM_DAYS)
    assert cells["own_network", "0166"] == (Cover.NOT_FREE, None)
    assert cells["own_network", "0175"] == (Cover.NONE, None)
    assert cells["day_help", "0193"] == (Cover.UNKNOWN, None)
    # A wait until the intake says nothing of the norm until the start.
    assert cells["day_help", "0166"] == (Cover.UNKNOWN, None)
    assert ("tailored", "0193") not in cells
    assert found.gaps == len(cells) - 3


def test_stated_waits_stand_beside_rows_of_the_published_set_alone(region: Region) -> None:
    keep_crowd(region, 100)
    snapshot = trajectories.refresh(region=region)
    assert snapshot is not None
    trajectories.work_on_snapshot(snapshot_id=snapshot.pk)
    shown = overview(situation(region))
    assert shown is not None
    tables = {
        clock: {
            split: {line.key: line for line in wait_table(shown, split, clock).rows}
            for split in (Split.PROVIDER, Split.FORM)
        }
        for clock in (Clock.W1, Clock.W3)
    }
    provider = "65000000"
    form = next(
        key
        for key, line in tables[Clock.W1][Split.FORM].items()
        if line.median and key in OfferedForm.values
    )
    load(
        region,
        row(provider_code=provider, care_form=form),
        row(provider_code="09999999", provider="Anders", care_form="secure", wait_until="intake"),
    )
    known, other = sorted(
        queries.stated_beside_measured(region, on=TODAY).rows, key=lambda item: item.provider,
        reverse=True,
    )  # fmt: skip
    assert known.clock is not None
    assert known.of_provider == tables[known.clock][Split.PROVIDER][provider]
    assert known.of_form == tables[known.clock][Split.FORM][form]
    assert Reason.MORE_FORMS in known.reasons
    assert (other.of_provider, other.of_form, other.reasons) == (None, None, (Reason.NOT_SHOWN,))
    # Of the two clocks that a provider publishes only the sum has one of messages beside it.
    pages = content(page(p="De Beuk", i=4, b=10), page(p="de beuk", w="Groep", i=2, b=None))
    deliver_waiting_times(region=region, name="a.json", content=pages, by=system_user())
    published = queries.stated_beside_measured(region, on=TODAY).published
    told = [(item.low, item.high, item.offers, item.measured) for item in published]
    assert told == [
        (14, 28, 2, None),
        (70, 70, 1, None),
        (98, 98, 1, known.of_provider),
    ]
    assert provider in queries.provider_names(region)
    unnamed = [item.code for item in queries.known_providers(region) if not item.title]
    assert set(unnamed) <= set(tables[Clock.W1][Split.PROVIDER])


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("offer_ages_are_of_youths", {"age_from": 5, "age_to": 4}),
        ("offer_ages_are_of_youths", {"age_to": 24}),
        ("offer_is_somewhere", {"municipalities": []}),
        ("offer_places_are_plausible", {"places": 100_001}),
        ("offer_ends_after_it_starts", {"starts_on": TODAY, "ends_on": date(2026, 11, 21)}),
        ("offer_words_are_known", {"care_form": "paardenhulp"}),
        ("an_offer_has_one_version_at_a_time", {"pk": None}),
    ],
)
def test_the_database_says_no(region: Region, name: str, changed: dict[str, object]) -> None:
    load(region, row())
    version = OfferVersion.objects.get()
    for field, value in changed.items():
        setattr(version, field, value)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        version.save()


def test_the_database_says_no_to_names_codes_and_waits(region: Region) -> None:
    load(region, row())
    by = system_user()
    offer, today = Offer.objects.get(), timezone.localdate()
    same = OfferWait.objects.get()
    same.pk = None
    provider = {"region": region, "recorded_by": by}
    wait = {"offer": offer, "recorded_by": by, "stated_on": today, "source": "stated"}
    for name, made in (
        ("a_wait_once_per_day_and_source", same),
        ("offer_wait_is_plausible", OfferWait(**wait, days=2000, until="start")),
        ("offer_wait_words_are_known", OfferWait(**wait, days=2, until="ooit")),
        ("provider_code_is_eight_digits", Provider(**provider, code="123", title="x")),
        ("provider_has_a_name", Provider(**provider, code="12345678", title="")),
        ("a_provider_has_one_name", Provider(**provider, code="01234567", title="x")),
        ("offer_is_of_a_provider", Offer(region=region, provider_code="1", code="x")),
        ("offer_has_a_code", Offer(region=region, provider_code="12345678", code="")),
        ("an_offer_once_per_provider",
         Offer(region=region, provider_code="01234567", code="amb")),
    ):  # fmt: skip
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            made.save()
