"""The documentation as a site: `make docs`. Warnings are errors."""

from vliegwiel import __version__

project = "Vliegwiel"
author = "Vliegwiel contributors"
copyright = "2026, Vliegwiel contributors. EUPL-1.2"  # noqa: A001  (the name that Sphinx wants)
release = __version__
language = "en"

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = "Vliegwiel"
html_copy_source = False
html_show_sphinx = False
