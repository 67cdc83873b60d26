"""Whatever the importers are fed, they answer with findings, never with an error of their own."""

import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vliegwiel.apps.figures.published_waiting import read_delivery
from vliegwiel.apps.figures.regional_csv import COLUMNS, read_figures

from .waiting_files import document, row

pytestmark = pytest.mark.slow

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


def refused_or_whole(content: bytes) -> None:
    delivery, findings = read_delivery(content, name="any", region_code="JZ14")
    assert (delivery is None) == any(finding.severity == "error" for finding in findings)
    assert all(finding.message and finding.suggestion for finding in findings)


@given(st.binary(max_size=200))
@example(b"\xef\xbb\xbf")
@settings(max_examples=50, deadline=None)
def test_any_bytes(content: bytes) -> None:
    refused_or_whole(content)
    rows, findings = read_figures(content, name="any", region_code="JZ07", sources=())
    assert rows is None
    assert findings


@given(st.sampled_from(sorted(row())), ANYTHING)
@settings(max_examples=60, deadline=None)
def test_any_value_in_any_field(field: str, value: Any) -> None:
    refused_or_whole(json.dumps(document(row(**{field: value}))).encode())


@given(st.text(max_size=40), st.none() | st.floats(0, 500))
@settings(max_examples=100, deadline=None)
def test_any_words_about_waiting(words: str, number: float | None) -> None:
    refused_or_whole(json.dumps(document(row(i=number, iText=words))).encode())


@given(st.sampled_from(COLUMNS), st.text(max_size=30))
@settings(max_examples=100, deadline=None)
def test_any_text_in_any_cell(column: str, text: str) -> None:
    cells = dict.fromkeys(COLUMNS, "x") | {column: text}
    lines = [",".join(COLUMNS), ",".join(f'"{cells[name]}"' for name in COLUMNS)]
    content = "\n".join(lines).encode("utf-8", "surrogatepass")
    rows, findings = read_figures(content, name="any", region_code="JZ07", sources=())
    assert rows is None
    assert all(finding.message for finding in findings)
