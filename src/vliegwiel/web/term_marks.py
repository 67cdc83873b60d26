"""Marks the words on a page that parties use differently, in the HTML that a template made.

Only text is looked at, never a tag or an attribute, and not where a link would do harm: inside
other links, buttons, headings, forms and drawings, or below an element with `data-no-terms`. Each
term is marked once, where it first stands, with a link to its explanation at the end of the page.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from vliegwiel.apps.insights.queries import MarkedWord

# A comment, a whole script or style, or one tag with its quoted attributes.
_TAGS = re.compile(
    r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[/!]?[a-zA-Z](?:[^>\"']|\"[^\"]*\"|'[^']*')*>",
    re.DOTALL,
)
_NAME = re.compile(r"</?([a-zA-Z][\w-]*)")
_LEFT_ALONE = re.compile(
    "a|button|label|legend|select|option|textarea|svg|code|pre|kbd|summary|dfn|title|nav|th|caption"
    "|h[1-6]|blockquote|time"
)
_VOID = re.compile("area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|script|style")


@dataclass(frozen=True, slots=True)
class Marked:
    """The page with its marks, and the terms that were found, in their order on the page."""

    html: SafeString
    found: Sequence[int]


def mark_terms(html: str, words: Sequence[MarkedWord]) -> Marked:
    """Marks the first place of each term in `html`, which a template has escaped already."""
    by_word = {escape(word).casefold(): term.id for term in words for word in reversed(term.words)}
    if not by_word:
        return Marked(mark_safe(html), ())  # noqa: S308
    longest = sorted(by_word, key=len, reverse=True)
    pattern = re.compile(
        # Not within "&amp;" either.
        rf"(?<![\w&#-])({'|'.join(map(re.escape, longest))})(?![\w-])",
        re.IGNORECASE,
    )
    found: list[int] = []

    def link(place: re.Match[str]) -> str:
        # A letter such as the Turkish "İ" counts as "i" there and not here.
        term = by_word.get(place.group().casefold())
        if term is None or term in found:
            return place.group()
        found.append(term)
        return _link(term, place.group())

    done = "".join(
        pattern.sub(link, piece) if is_text else piece for piece, is_text in _pieces(html)
    )
    return Marked(mark_safe(done), tuple(found))  # noqa: S308


def _link(term: int, word: str) -> str:
    # The word comes from text that was escaped already: escaping it again would show "&amp;amp;".
    return format_html(
        '<a class="vw-term" id="begrip-{0}-hier" href="#uitleg-{0}">{1}'
        '<span class="vw-visually-hidden"> ({2})</span></a>',
        term,
        mark_safe(word),  # noqa: S308
        gettext("explained at the end of this page"),
    )


def _pieces(html: str) -> Iterator[tuple[str, bool]]:
    """The HTML in pieces, each with whether it is text in which words may be marked."""
    inside, depth, at = "", 0, 0
    for tag in _TAGS.finditer(html):
        yield html[at : tag.start()], depth == 0
        at = tag.end()
        yield tag.group(), False
        name = _tag_name(tag.group())
        if depth and name == inside:
            depth += _step(tag.group())
        elif not depth and name and _leaves_alone(name, tag.group()):
            inside, depth = name, 1
    yield html[at:], depth == 0


def _tag_name(tag: str) -> str:
    named = _NAME.match(tag)
    return named[1].lower() if named else ""


def _step(tag: str) -> int:
    return -1 if tag.startswith("</") else 1


def _leaves_alone(name: str, tag: str) -> bool:
    if tag.startswith("</") or tag.endswith("/>") or _VOID.fullmatch(name):
        return False
    return _LEFT_ALONE.fullmatch(name) is not None or "data-no-terms" in tag
