"""Rules of the field, written as tests; `tools/rules_chapter.py` prints them as a chapter.

In these files the docstring of a module is the introduction of a section, that of a test is a rule,
and the table of a `parametrize` is printed as examples. Cells are words and numbers only.
"""
