"""Messages that were changed at random.

There is never a crash, never a fault that is passed over in silence, and never anything of the
person in what comes out.
"""

import random
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vliegwiel.science.ijw import Reading
from vliegwiel.science.ijw.v3_2.messages import namespace

from . import samples
from .samples import KINDS, SECRETS, found, written

Node = ElementTree.Element

#: What is never read may hold anything: a message is as good with it as without.
NEVER_READ = {"Naam", "Communicatie", "JuridischeStatus", "Commentaar", "Relaties"}
NEVER_READ |= {"Contactgegevens", "ZorgverlenerCode"}
#: The sample of each kind, parsed once.
ElementTree.register_namespace("ijw", namespace("basisschema"))
for _kind in KINDS:
    ElementTree.register_namespace(_kind.lower(), namespace(_kind))
TREES = {kind: ElementTree.fromstring(written(kind)) for kind in KINDS}


def local(node: Node) -> str:
    return node.tag.rpartition("}")[2]


def read_nodes(root: Node) -> Iterator[tuple[Node, Node]]:
    """Parent and child of every element that is read."""
    for child in root:
        if local(child) not in NEVER_READ:
            yield root, child
            yield from read_nodes(child)


def copy_of(kind: str) -> Node:
    return ElementTree.fromstring(ElementTree.tostring(TREES[kind]))


def as_bytes(root: Node) -> bytes:
    """As systems write it, so that the quick way is tried too."""
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, "UTF-8")


def reading(content: bytes) -> Reading:
    """What is read, by the quick way where that may be, and that the careful way says the same.

    A comment at the end changes nothing, but is not in the plainest form.
    """
    result = samples.reading(content)
    careful = samples.reading(content + b"<!-- -->")
    if not result.counts.files_refused:
        assert result == careful
    return result


def keeps_secrets(result: Reading) -> None:
    out = repr((result.records, result.findings, result.counts))
    assert not [secret for secret in SECRETS if secret in out]


def stopped(result: Reading) -> bool:
    """Whether something was refused or set aside."""
    counts = result.counts
    return bool(counts.files_refused or counts.messages_refused or counts.records_set_aside)


nodes = st.sampled_from(KINDS).flatmap(
    lambda kind: st.tuples(
        st.just(kind), st.integers(0, sum(1 for _ in read_nodes(TREES[kind])) - 1)
    )
)


@pytest.mark.slow
@settings(max_examples=80, deadline=None)
@given(nodes)
def test_an_element_that_is_missing(where: tuple[str, int]) -> None:
    """Without an element a message is refused, or the element was optional and nothing is wrong."""
    kind, number = where
    root = copy_of(kind)
    parent, child = list(read_nodes(root))[number]
    parent.remove(child)
    result = reading(as_bytes(root))
    keeps_secrets(result)
    if not stopped(result):
        assert local(child) in OPTIONAL


OPTIONAL = {
    "ReferentieAanbieder", "Product", "Code", "Einddatum", "Omvang", "ToewijzingEinddatum",
    "ToewijzingNummer", "ToewijzingIngangsdatum", "OngewijzigdeProducten", "TeWijzigenProducten",
    "NieuweProducten", "RedenAfwijzingVerzoek", "ProductTarief", "RetourCodes", "Clienten",
    "DeclaratieAntwoord",
}  # fmt: skip


@pytest.mark.slow
@settings(max_examples=80, deadline=None)
@given(nodes)
def test_an_element_that_stands_twice(where: tuple[str, int]) -> None:
    kind, number = where
    root = copy_of(kind)
    parent, child = list(read_nodes(root))[number]
    parent.insert(list(parent).index(child), child)
    result = reading(as_bytes(root))
    keeps_secrets(result)
    assert stopped(result) or found(result) or local(child) in {"RetourCode", *LISTED}


#: Lists of requests in which the same may stand twice, as far as one message tells.
LISTED = {"OngewijzigdProduct", "TeWijzigenProduct", "NieuwProduct", "Prestatie", "Client"}


@pytest.mark.slow
@settings(max_examples=80, deadline=None)
@given(nodes)
def test_elements_in_another_order(where: tuple[str, int]) -> None:
    kind, number = where
    root = copy_of(kind)
    parent, child = list(read_nodes(root))[number]
    children = list(parent)
    place = children.index(child)
    if place + 1 == len(children) or children[place + 1].tag == child.tag:
        return
    parent.remove(child)
    parent.insert(place + 1, child)
    result = reading(as_bytes(root))
    keeps_secrets(result)
    assert result.counts.messages_refused == 1
    assert result.records == ()


@pytest.mark.slow
@settings(max_examples=80, deadline=None)
@given(nodes)
def test_an_element_of_another_namespace(where: tuple[str, int]) -> None:
    kind, number = where
    root = copy_of(kind)
    _parent, child = list(read_nodes(root))[number]
    child.tag = local(child)
    result = reading(as_bytes(root))
    keeps_secrets(result)
    assert result.counts.messages_refused == 1


LEAVES = [
    (kind, number)
    for kind in KINDS
    for number, (_parent, child) in enumerate(read_nodes(TREES[kind]))
    if len(child) == 0
]
#: Values of free form: any short text is right for them.
FREE = {"Identificatie", "IdentificatieRetour", "ReferentieAanbieder", "Code", "ProductCode"}
FREE |= {"ReferentieNummer", "DeclaratieNummer", "BasisschemaXsdVersie", "BerichtXsdVersie"}
#: Values that are nearly right for some form.
NEARLY = ["", " ", "x", "-1", "１２", "1e3", "999999999999999", "2025-02-30", "2025-13-01"]
NEARLY += ["20250201", "2025-W01-1", "0000-01-01", "24:00:00", "NaN", "Zevenbergen", "00", "\u0660"]


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(LEAVES),
    st.one_of(
        st.sampled_from(NEARLY),
        st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=40),
    ),
)
def test_another_value(where: tuple[str, int], value: str) -> None:
    """A value out of form stops the record or the message, and is not repeated anywhere."""
    kind, number = where
    root = copy_of(kind)
    _parent, child = list(read_nodes(root))[number]
    usual = child.text
    child.text = value
    try:
        content = as_bytes(root)
    except ValueError:
        return
    result = reading(content)
    if local(child) in FREE or value == usual:
        return
    keeps_secrets(result)
    was_form = value.strip().isascii() and value.strip().isdigit()
    if not was_form:
        assert stopped(result) or "empty_element" in found(result)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.sampled_from(KINDS), st.data())
def test_bytes_that_were_lost(kind: str, data: st.DataObject) -> None:
    content = written(kind)
    end = data.draw(st.integers(0, len(content) - 12))
    result = reading(content[:end])
    keeps_secrets(result)
    assert result.counts.files_refused == 1
    assert result.records == ()


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.sampled_from(KINDS), st.integers(0, 2**32))
def test_bytes_that_were_changed(kind: str, seed: int) -> None:
    """Whatever comes out holds no secret; a crash fails the test by itself."""
    chance = random.Random(seed)
    content = bytearray(written(kind))
    for _ in range(chance.randint(1, 4)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    result = reading(bytes(content))
    assert result.counts.files >= 1
    out = repr(result.findings)
    assert not [secret for secret in SECRETS if secret in out]


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_anything_at_all(content: bytes) -> None:
    assert reading(content).counts.files_refused == 1


@pytest.mark.slow
@settings(max_examples=80, deadline=None)
@given(nodes, st.sampled_from(["attribute", "text", "tail", "child", "comment"]))
def test_what_the_standard_does_not_have(where: tuple[str, int], what: str) -> None:
    """Attributes, text beside elements and strange elements refuse; a comment is no content."""
    kind, number = where
    root = copy_of(kind)
    _parent, child = list(read_nodes(root))[number]
    if what == "attribute":
        child.set("Zevenbergen", "Quintus")
    elif what == "tail":
        child.tail = "Zevenbergen"
    elif what == "comment":
        child.append(ElementTree.Comment("Zevenbergen"))
    elif what == "child":
        ElementTree.SubElement(child, "Zevenbergen")
    elif len(child):
        child.text = "Zevenbergen"
    else:
        return
    result = reading(as_bytes(root))
    keeps_secrets(result)
    if what == "comment":
        assert result.findings == ()
    else:
        assert stopped(result)
        if what != "child":
            assert result.counts.messages_refused == 1


PIECES = [b"\r", b"\n", b"\t", b"\x0b", b"\x00", b"\xc2\xa0", b"\xef\xbf\xbf", b"]]>", b">"]
PIECES += [b"&amp;", b"&#49;", b"<!-- -->", b"<![CDATA[x]]>", b"<?a b?>", b" ", b"0", b"\xff"]
PIECES += [b"\xed\xa0\x80", b"<jw305:Product/>", b"x='y'"]


@pytest.mark.slow
@settings(max_examples=250, deadline=None)
@given(st.sampled_from(KINDS), st.integers(0, 2**32), st.sampled_from(PIECES))
def test_the_quick_way_says_what_the_careful_way_says(kind: str, seed: int, piece: bytes) -> None:
    """Anything put anywhere in a message as systems write it: `reading` compares both ways."""
    content = written(kind)
    place = random.Random(seed).randrange(len(content) + 1)
    keeps_secrets(reading(content[:place] + piece + content[place:]))


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_of_a_person_comes_out_of_a_good_message(kind: str) -> None:
    keeps_secrets(reading(written(kind)))


def test_the_samples_hold_the_secrets() -> None:
    """Or the tests above would prove nothing."""
    everything = b"".join(written(kind) for kind in KINDS).decode()
    absent = [secret for secret in SECRETS if secret not in everything]
    assert absent == ["111222333", "70010001"]
