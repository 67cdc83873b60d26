"""The catalogue of innovation has as many of everything as its source, and nothing dangles."""

from vliegwiel import reference


def test_as_many_as_the_source_has() -> None:
    found = reference.innovation_catalogue()
    assert {
        "themes": len(found.themes),
        "dominant": sum(theme.dominant for theme in found.themes),
        "questions": len(found.questions),
        "actors": len(found.actors),
        "cooperation": len(found.cooperation),
        "trends": len(found.trends),
        "chance subjects": len(found.chance_subjects),
        "barrier subjects": len(found.barrier_subjects),
        "projects": len(found.projects),
        "innovations": len(found.innovations),
        "steps": len(found.transfer_steps),
    } == {
        "themes": 5,
        "dominant": 3,
        "questions": 3,
        "actors": 4,
        "cooperation": 5,
        "trends": 19,
        "chance subjects": 4,
        "barrier subjects": 5,
        "projects": 7,
        "innovations": 9,
        "steps": 6,
    }
    assert [len(found.chances), len(found.barriers)] == [9, 10]
    # Two of the projects are about digitalisation and five about clients, the source says.
    themes = [theme for project in found.projects for theme in project.themes]
    assert [themes.count("digitalisation"), themes.count("client_management")] == [2, 5]


def test_every_key_is_there_and_every_place_is_named() -> None:
    found = reference.innovation_catalogue()
    facets = ("themes", "questions", "actors", "cooperation", "trends")
    for item in (*found.projects, *found.innovations):
        for facet in facets:
            assert set(getattr(item, facet)) <= {one.key for one in getattr(found, facet)}, item.key
        assert set(item.factors) <= {one.key for one in (*found.chances, *found.barriers)}
        assert item.place
    assert {one.subject for one in found.chances} == {one.key for one in found.chance_subjects}
    assert {one.subject for one in found.barriers} == {one.key for one in found.barrier_subjects}
    keys = [
        one.key
        for facet in (*facets, "chances", "barriers", "projects", "innovations")
        for one in getattr(found, facet)
    ]
    assert len(keys) == len(set(keys))


def test_the_palette_and_its_nine_requirements() -> None:
    palette = reference.proposal_palette()
    assert (len(palette.requirements), len(palette.proposals)) == (9, 11)
    assert [one.place for one in palette.proposals] == [
        f"hoofdstuk 5, voorstel {number}" for number in range(1, 12)
    ]


def test_programmes_of_ijsselland() -> None:
    found = reference.programmes_of("ijsselland")
    assert found is not None
    assert len(found.programmes) == 8
    assert reference.programmes_of("twente") is None
