"""Words that parties use differently are marked in a page, and nothing else changes."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from vliegwiel.apps.insights.queries import MarkedWord
from vliegwiel.web.term_marks import mark_terms

WORDS = (
    MarkedWord(1, ("toegang", "de nieuwe toegang")),
    MarkedWord(2, ("R&D",)),
    MarkedWord(3, ("amp",)),
)
_LINK = re.compile(r'<a class="vw-term"[^>]*>(.*?)<span.*?</span></a>', re.DOTALL)


def unmarked(html: str) -> str:
    return _LINK.sub(r"\1", html)


def test_the_first_place_of_a_term_is_marked() -> None:
    html = "<p>De Toegang en nog eens toegang.</p>"
    marked = mark_terms(html, WORDS)
    assert marked.found == (1,)
    assert re.search(r'>Toegang<span class="vw-visually-hidden">', marked.html)
    assert marked.html.count("vw-term") == 1
    assert unmarked(marked.html) == html


def test_a_letter_that_only_looks_alike_is_left_alone() -> None:
    words = (MarkedWord(1, ("ik weet",)),)
    assert mark_terms("<p>İk weet, ık weet</p>", words).found == ()
    assert mark_terms("<p>İk weet, Ik weet</p>", words).found == (1,)


def test_the_longest_word_wins_and_parts_of_words_are_left_alone() -> None:
    marked = mark_terms("<p>toegangspoort, de nieuwe toegang</p>", WORDS)
    assert _LINK.findall(marked.html) == ["de nieuwe toegang"]


def test_nothing_is_marked_where_a_link_does_harm() -> None:
    html = (
        '<a href="/toegang">toegang</a><h2>toegang</h2><button>toegang</button>'
        '<img alt="toegang"><p title="de > toegang">x</p><svg><text>toegang</text></svg>'
        "<script>var toegang = 1;</script><!-- toegang --><div data-no-terms><div>toegang</div>"
        "toegang</div>"
    )
    marked = mark_terms(html, WORDS)
    assert (marked.found, marked.html) == ((), html)


def test_what_was_escaped_stays_escaped() -> None:
    marked = mark_terms("<p>R&amp;D &amp; &lt;script&gt; amp</p>", WORDS)
    assert marked.found == (2, 3)
    assert unmarked(marked.html) == "<p>R&amp;D &amp; &lt;script&gt; amp</p>"
    nasty = mark_terms("<p>&lt;b&gt;</p>", (MarkedWord(4, ("<b>",)),))
    assert "<b>" not in nasty.html


_TEXTS = st.text(alphabet="toegang <>&\"'/ap-b", max_size=40)


@settings(max_examples=25, deadline=None)
@given(_TEXTS)
def test_taking_the_marks_off_gives_the_page_back(text: str) -> None:
    assert unmarked(mark_terms(text, WORDS).html) == text
