"""Two hundred changed messages, by kind of change: none is passed over, and the table adds up."""

from .mutations import CHANGES, COUNT, WAYS, outcomes, table


def test_every_change_is_found_or_harmless() -> None:
    found = outcomes()
    assert sum(one.tried for one in found.values()) == COUNT
    assert min(one.tried for one in found.values()) >= COUNT // len(CHANGES)
    assert not [told for one in found.values() for told in one.unseen]
    for name in ("elements stand in another order", "an element has another name"):
        assert found[name].became["message refused"] == found[name].tried
    for name in ("the file ends too soon", "a document type with an entity"):
        assert found[name].became["file refused"] == found[name].tried
    lines = table(found).splitlines()
    assert len(lines) == len(CHANGES) + 3
    together = [int(cell) for cell in lines[-1].split("|")[2 : 4 + len(WAYS)]]
    assert together[0] == sum(together[1:-1]) == COUNT
