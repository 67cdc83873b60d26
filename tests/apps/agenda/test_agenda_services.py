"""The draft and the versions of an agenda: nothing is lost, and what was published stays."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from tests.apps.trajectories.kept import make_person, make_region
from vliegwiel import reference
from vliegwiel.apps.agenda import ChangedMeanwhile, NotThere, Refused, queries, services
from vliegwiel.apps.agenda.models import Agenda, AgendaPart, AgendaVersion, PartRevision
from vliegwiel.apps.figures import services as figures
from vliegwiel.apps.insights import services as insights
from vliegwiel.apps.regions import NotAllowed
from vliegwiel.apps.regions.models import Region, User
from vliegwiel.apps.regions.rights import Role
from vliegwiel.apps.regions.services import system_user
from vliegwiel.reference import AgendaAbout, AgendaItem, AgendaSpearhead, AgendaTask, BilingualText


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


@pytest.fixture
def manager(region: Region) -> User:
    return make_person(region, Role.PROGRAMME_MANAGER)


def text(words: str) -> BilingualText:
    return BilingualText(nl=words, en="")


def item(key: str = "a", title: str = "Consultatie", **more: object) -> AgendaItem:
    return AgendaItem(key=key, title=text(title), **more)  # type: ignore[arg-type]


ABOUT = AgendaAbout(key="about", title=text("Onze agenda"))


def save(region: Region, by: User, body: AgendaItem, seen: int = 0) -> int:
    return services.save_part(region=region, kind="item", body=body, seen=seen, by=by)


def publish(region: Region, by: User, note: str = "") -> int:
    draft = queries.draft_of(region)
    assert draft is not None
    return services.publish(region=region, note=note, seen=draft.digest, by=by)


def begun(region: Region, by: User) -> None:
    services.save_part(region=region, kind="about", body=ABOUT, seen=0, by=by)
    save(region, by, item())


def test_every_revision_of_a_part_stays(region: Region, manager: User) -> None:
    assert save(region, manager, item()) == 1
    assert save(region, manager, item(title="Consultatie en advies"), seen=1) == 2
    # The same once more, as by pressing twice, changes nothing.
    assert save(region, manager, item(title="Consultatie en advies"), seen=1) == 2
    services.remove_part(region=region, kind="item", key="a", seen=2, by=manager)
    services.remove_part(region=region, kind="item", key="a", seen=2, by=manager)
    draft = queries.draft_of(region)
    assert draft is not None
    assert draft.document.items == ()
    # What was removed can be put back.
    assert save(region, manager, item(), seen=3) == 4
    history = queries.part_history(region, "item", "a")
    assert [(line.revision, line.is_removal) for line in history] == [
        (4, False),
        (3, True),
        (2, False),
        (1, False),
    ]
    (changed,) = history[2].fields
    assert (changed.before, changed.after) == ("Consultatie", "Consultatie en advies")
    assert queries.body_at(region, "item", "a", 2) == item(title="Consultatie en advies")


def test_a_part_that_never_was_cannot_have_been_seen(region: Region, manager: User) -> None:
    with pytest.raises(NotThere):
        save(region, manager, item(), seen=5)


def test_who_saves_something_older_is_told_so(region: Region, manager: User) -> None:
    other = make_person(region, Role.ANALYST)
    save(region, manager, item())
    save(region, other, item(title="Van de ander"), seen=1)
    with pytest.raises(ChangedMeanwhile) as found:
        save(region, manager, item(title="Van mij"), seen=1)
    assert found.value.revision == 2
    with pytest.raises(ChangedMeanwhile):
        services.remove_part(region=region, kind="item", key="a", seen=1, by=manager)
    now = queries.part_now(region, "item", "a")
    assert now is not None
    assert now.body == item(title="Van de ander")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (item(title=""), "title"),
        (item(title="x" * 201), "title"),
        (item(reason=text("x" * 4001)), "reason"),
        (item(reason=text("Bel 06 12 34 56 78")), "reason"),
        (item(involved=text("anna@gemeente.example")), "involved"),
        (item(starts="2026-Q2"), "ends"),
        (item(starts="2026-Q2", ends="2026-Q1"), "ends"),
        (item(needs=("a",)), "needs"),
        (item(examined=("time",)), "examined"),
        (item(providers_asked=10_001), "providers_asked"),
        (item(source="zomaar"), "source"),
        (item(insights=(99,)), "insights"),
        (item(initiatives=(99,)), "initiatives"),
        (item(key="Met hoofdletter"), ""),
    ],
)
def test_what_cannot_be_kept_is_said_per_field(
    region: Region, manager: User, body: AgendaItem, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        save(region, manager, body)
    assert set(refused.value.problems) == {field}
    assert not Agenda.objects.exists()


def test_a_published_version_never_changes(region: Region, manager: User) -> None:
    begun(region, manager)
    number = publish(region, manager)
    save(region, manager, item(title="Anders"), seen=1)
    seen = queries.published(region, number)
    assert seen is not None
    assert seen.agenda.items[0].title == "Consultatie"
    for change in (
        lambda: AgendaVersion.objects.update(note_nl="stiekem"),
        lambda: AgendaVersion.objects.all().delete(),
        lambda: PartRevision.objects.update(body={}),
        lambda: PartRevision.objects.filter(number=1).delete(),
    ):
        with pytest.raises(IntegrityError, match="never change"), transaction.atomic():
            change()


def test_publishing_takes_what_was_looked_at(region: Region, manager: User) -> None:
    begun(region, manager)
    draft = queries.draft_of(region)
    assert draft is not None
    assert publish(region, manager) == 1
    # Once more, without a change, is the same version.
    assert services.publish(region=region, note="", seen=draft.digest, by=manager) == 1
    save(region, manager, item(title="Anders"), seen=1)
    with pytest.raises(Refused):
        services.publish(region=region, note="", seen=draft.digest, by=manager)
    assert publish(region, manager, "Een titel") == 2
    assert [line.note for line in queries.versions(region)] == ["Een titel", ""]
    newest, first = queries.newest_published(region), queries.published(region, 1)
    assert newest is not None
    assert first is not None
    assert (newest.line.number, newest.is_newest, first.is_newest) == (2, True, False)
    assert queries.published(region, 3) is None


@pytest.mark.parametrize("note", ["x" * 501, "Vraag het anna@gemeente.example"])
def test_a_note_that_cannot_be_kept(region: Region, manager: User, note: str) -> None:
    begun(region, manager)
    with pytest.raises(Refused):
        publish(region, manager, note)


def test_an_empty_draft_is_not_published(region: Region, manager: User) -> None:
    with pytest.raises(Refused):
        services.publish(region=region, note="", seen="", by=manager)
    save(region, manager, item())
    with pytest.raises(Refused):
        publish(region, manager)
    assert not AgendaVersion.objects.exists()


def test_who_may_do_what(region: Region) -> None:
    reader, lead = make_person(region, Role.READER), make_person(region, Role.PROJECT_LEAD)
    with pytest.raises(NotAllowed):
        save(region, reader, item())
    with pytest.raises(NotAllowed):
        services.start_from_example(region=region, key="mijov-2025", by=reader)
    begun(region, lead)
    with pytest.raises(NotAllowed):
        services.remove_part(region=region, kind="item", key="a", seen=1, by=reader)
    with pytest.raises(NotAllowed):
        publish(region, lead)
    with pytest.raises(NotAllowed):
        services.load_example_versions(region=region, by=lead)


@pytest.mark.parametrize(
    ("example", "counts"),
    [
        ("mijov-2025", (10, 14, 9, 0, 4)),
        ("ijsselland-2023", (12, 0, 0, 0, 8)),
        ("haaglanden-2014", (17, 1, 0, 3, 1)),
    ],
)
def test_an_example_is_copied_whole_and_once(
    region: Region, manager: User, example: str, counts: tuple[int, ...]
) -> None:
    parts = sum(counts) + 1
    assert services.start_from_example(region=region, key=example, by=manager) == parts
    draft = queries.draft_of(region)
    assert draft is not None
    found = draft.agenda
    lists = (found.items, found.tasks, found.elements, found.spearheads, found.programmes)
    assert tuple(map(len, lists)) == counts
    assert all(line.source.title and line.source.place for kind in lists for line in kind)
    assert not found.troubles
    services.remove_part(
        region=region, kind="item", key=draft.document.items[0].key, seen=1, by=manager
    )
    assert services.start_from_example(region=region, key=example, by=manager) == 0
    assert AgendaPart.objects.count() == parts


def test_an_example_that_does_not_exist(region: Region, manager: User) -> None:
    with pytest.raises(NotThere):
        services.start_from_example(region=region, key="ijsselland-2023-first", by=manager)
    with pytest.raises(NotThere):
        services.remove_part(region=region, kind="item", key="a", seen=1, by=manager)


def test_the_demo_has_two_versions_to_compare(region: Region) -> None:
    assert services.load_example_versions(region=region, by=system_user()) == 2
    assert services.load_example_versions(region=region, by=system_user()) == 2
    first, second = queries.published(region, 1), queries.published(region, 2)
    assert first is not None
    assert second is not None
    assert {first.line.mark, second.line.mark} == {"example"}
    found = queries.compare(first.document, second.document)
    assert len(first.agenda.items) == 7
    assert sum(change.kind == "item" for change in found.added) == 5
    assert sum(change.kind == "programme" for change in found.added) == 8
    assert not found.removed
    entry = next(change for change in found.changed if change.key == "deliberate-entry")
    assert ("Plaats in het portfolio", "", "Snelle start") in [
        (field.label, field.before, field.after) for field in entry.fields
    ]


def test_a_version_keeps_the_titles_of_the_insights_behind_it(region: Region) -> None:
    by = system_user()
    figures.load_sources(by=by)
    insights.load_shipped(region=region, by=by)
    services.load_example_versions(region=region, by=by)
    first, second = queries.published(region, 1), queries.published(region, 2)
    assert first is not None
    assert second is not None
    entry = next(item for item in second.agenda.items if item.key == "controller-test")
    assert [(ref.key, ref.title) for ref in entry.insights] == [("2", "Bewust in zorg komen")]
    added = next(
        change
        for change in queries.compare_versions(first, second).added
        if change.key == "controller-test"
    )
    said = {field.label: field.after for field in added.fields}
    assert said["Inzichten erachter"] == "Bewust in zorg komen"
    titles = [ref.title for ref in queries.items_of_insight(region, 2)]
    assert sorted(titles) == [
        "Bewust in zorg komen",
        "Verkeersregelaar klein proberen",
        "Wachtlijstonderzoek naar de rol van verkeersregelaar",
    ]
    # Another region has other insights: what is copied there points to none.
    other = Region.objects.create(code="JZ10", slug="twente", name="Twente")
    services.start_from_example(region=other, key="ijsselland-2023", by=by)
    draft = queries.draft_of(other)
    assert draft is not None
    assert not any(item.insights for item in draft.document.items)


def test_a_comparison_says_what_was_added_removed_and_changed(
    region: Region, manager: User
) -> None:
    begun(region, manager)
    before = queries.draft_of(region)
    assert before is not None
    save(region, manager, item("b", "Nazorg", starts="2026-Q1", ends="2026-Q2"))
    save(region, manager, item(needs=("b",), starts="2026-Q3", ends="2026-Q3"), seen=1)
    spearhead = AgendaSpearhead(key="s", title=text("Basis"))
    services.save_part(region=region, kind="spearhead", body=spearhead, seen=0, by=manager)
    after = queries.draft_of(region)
    assert after is not None
    found = queries.compare(before.document, after.document)
    assert [(change.kind, change.title) for change in found.added] == [
        ("spearhead", "Basis"),
        ("item", "Nazorg"),
    ]
    (changed,) = found.changed
    assert [(field.label, field.before, field.after) for field in changed.fields] == [
        ("Eerste kwartaal", "", "kwartaal 3 van 2026"),
        ("Laatste kwartaal", "", "kwartaal 3 van 2026"),
        ("Wat eerst komt", "", "Nazorg"),
    ]
    assert found.unchanged == 1
    back = queries.compare(after.document, before.document)
    assert [change.title for change in back.removed] == ["Basis", "Nazorg"]
    assert queries.compare(after.document, after.document).changes == []


def test_a_text_in_one_language_is_shown_in_the_other_too(region: Region, manager: User) -> None:
    begun(region, manager)
    with translation.override("en"):
        draft = queries.draft_of(region)
        assert draft is not None
        assert draft.agenda.items[0].title == "Consultatie"


def test_partners_see_what_they_bring(region: Region, manager: User) -> None:
    partners = (
        reference.AgendaPartner(who=text("GGD"), brings=text("Twee verpleegkundigen")),
        reference.AgendaPartner(who=text("De Beuk")),
    )
    task = AgendaTask(key="t", title=text("Lokale teams"), level="local", partners=partners)
    other = AgendaTask(key="u", title=text("Wachtlijsten"), level="regional", partners=partners[:1])
    for body in (other, task):
        services.save_part(region=region, kind="task", body=body, seen=0, by=manager)
    draft = queries.draft_of(region)
    assert draft is not None
    found = [
        (line.name, [(task.title, brings) for task, brings in line.tasks])
        for line in queries.partners_of(draft.agenda)
    ]
    assert found == [
        ("De Beuk", [("Lokale teams", "")]),
        (
            "GGD",
            [("Lokale teams", "Twee verpleegkundigen"), ("Wachtlijsten", "Twee verpleegkundigen")],
        ),
    ]
