"""Reads the cells of one line of offers, beside what every table knows."""

import re
from collections.abc import Mapping
from typing import ClassVar

from vliegwiel.apps.figures import sheets

from .columns import DUTCH_WORDS

_SHORTEST_AGB = 6


class Cells(sheets.Cells):
    """The cells of one line. A method returns a harmless value where it reports a finding."""

    words: ClassVar[Mapping[str, str]] = DUTCH_WORDS

    def agb_code(self, column: str) -> str:
        """Eight digits; a spreadsheet takes the zeros in front away."""
        text = self._cells[column]
        if not text:
            self.report("empty_cell", column)
            return ""
        if re.fullmatch(rf"[0-9]{{{_SHORTEST_AGB},8}}", text):
            return text.zfill(8)
        self.report("not_an_agb_code", column, found=text)
        return ""

    def municipalities(self, column: str, known: Mapping[str, str]) -> tuple[str, ...]:
        """CBS codes of what is named; all of the region for "all"."""
        text = self._cells[column]
        if DUTCH_WORDS.get(text.casefold(), text.casefold()) == "all":
            return tuple(sorted(known))
        by_name = {name.casefold(): code for code, name in known.items()}
        found = set()
        names = [name.strip() for name in text.split("|") if name.strip()]
        if not names:
            self.report("empty_cell", column)
        for name in names:
            code = by_name.get(name.casefold()) or (name.zfill(4) if name.isdigit() else name)
            if code in known:
                found.add(code)
            else:
                self.report("municipality_unknown", column, found=name)
        return tuple(sorted(found))
