"""What may be larger than the budgets say, each with its reason. The only such table.

A line here that is no longer needed fails the tests too.
"""

from collections.abc import Mapping

LARGER_FILES: Mapping[str, str] = {}

LONGER_FUNCTIONS: Mapping[str, str] = {}

LONGER_VIEWS: Mapping[str, str] = {}

LARGER_CLASSES: Mapping[str, str] = {}

#: File and the module that it imports late.
OWN_IMPORTS_IN_FUNCTIONS: Mapping[tuple[str, str], str] = {
    ("src/vliegwiel/cli/demo.py", "vliegwiel.cli.shipped"): (
        "it uses services, which can be imported once a database was found and Django set up"
    ),
    ("src/vliegwiel/cli/deliver.py", "vliegwiel.cli.delivering"): (
        "it uses services, which can be imported once a database was found and Django set up"
    ),
    ("src/vliegwiel/cli/fit.py", "vliegwiel.cli.fitting"): (
        "it uses services, which can be imported once a database was found and Django set up"
    ),
    ("src/vliegwiel/cli/measure.py", "vliegwiel.cli.measuring"): (
        "it uses services, which can be imported once a database was found and Django set up"
    ),
    ("src/vliegwiel/cli/backup.py", "vliegwiel.cli.backing_up"): (
        "it uses the tables of the apps, which are there once Django is set up"
    ),
    ("src/vliegwiel/cli/backup.py", "vliegwiel.cli.restoring"): (
        "it uses the tables of the apps, which are there once Django is set up"
    ),
    ("src/vliegwiel/cli/regulation.py", "vliegwiel.cli.regulation_files"): (
        "it uses services, which can be imported once a database was found and Django set up"
    ),
    ("src/vliegwiel/cli/figures.py", "vliegwiel.cli.statline"): (
        "it uses services, which can be imported once a database was found and Django set up"
    ),
    ("src/vliegwiel/cli/load.py", "vliegwiel.cli.loading"): (
        "it uses services, which can be imported once a database was found and Django set up"
    ),
    ("src/vliegwiel/cli/worker.py", "vliegwiel.apps.explorer.services"): (
        "services can be imported once a database was found and Django set up"
    ),
}

#: Modules of a room that others may name although they are not its door.
SIDE_DOORS: Mapping[str, str] = {
    "vliegwiel.apps.intake.errors": (
        "where work on messages failed, without its words: all apps that work on them log the same"
    ),
    "vliegwiel.apps.explorer.fitting": "the command takes the steps of a fit and shows each",
    "vliegwiel.apps.explorer.fit_outcomes": "what came of a fit, as pages and files show it",
    "vliegwiel.apps.explorer.assumed": (
        "an assumption in words, without tables: pages and commands say the same"
    ),
    "vliegwiel.apps.explorer.changes": (
        "a scenario in words, without tables: pages, exports and commands say the same"
    ),
    "vliegwiel.apps.explorer.comparing": (
        "which way a number goes in several forecasts, without tables: for pages and files"
    ),
    "vliegwiel.apps.explorer.cost_years": (
        "what a cost is on average a year, without tables: pages and files reckon alike"
    ),
    "vliegwiel.apps.explorer.descriptions": (
        "labels of what a scenario may change, without tables: pages and commands show the same"
    ),
    "vliegwiel.apps.explorer.edits": (
        "a changed scenario document from what somebody typed, without tables: the form needs it"
    ),
    "vliegwiel.apps.pilots.result_words": "the words of a result, alike on pages and in files",
    "vliegwiel.apps.explorer.effect_words": (
        "a measured effect in words, without tables: pages and commands say the same"
    ),
    "vliegwiel.apps.explorer.exports": (
        "an outcome as CSV and JSON, without tables: downloads and commands give the same"
    ),
    "vliegwiel.apps.explorer.exports_compared": (
        "a comparison as CSV, without tables: downloads give it"
    ),
    "vliegwiel.apps.explorer.exports_explained": (
        "each table of a forecast's page as CSV, without tables: downloads give it"
    ),
    "vliegwiel.apps.explorer.exports_replications": (
        "each replication as CSV, without tables: the command writes it"
    ),
    "vliegwiel.apps.explorer.precisions": (
        "how well what must be known, without tables: forms, the API and commands ask alike"
    ),
    "vliegwiel.apps.explorer.forecasting": (
        "the pieces of a forecast, without tables: the command works where there is no database"
    ),
    "vliegwiel.apps.explorer.limits": "what may be asked of a run, as plain tables",
    "vliegwiel.apps.explorer.measures": (
        "what a measure is called and its unit, without tables: pages, files and commands say alike"
    ),
    "vliegwiel.apps.explorer.naming": (
        "which names are free, without tables: the form and the service ask the same"
    ),
    "vliegwiel.apps.explorer.overload_queries": (
        "which care of a version of a scenario cannot keep up: pages and the API ask it alike"
    ),
    "vliegwiel.apps.explorer.overload_words": (
        "care that cannot keep up in words, without tables: pages, the API and commands warn alike"
    ),
    "vliegwiel.apps.explorer.pilot_words": (
        "a smallest useful test in words and as files, without tables: for pages and the command"
    ),
    "vliegwiel.apps.explorer.pilot_work": (
        "the question of a smallest useful test, without tables: the form makes it"
    ),
    "vliegwiel.apps.explorer.sentences": (
        "sentences of science in the language of the reader, for pages and commands alike"
    ),
    "vliegwiel.apps.explorer.known": (
        "measured sizes of changes and a scenario that takes them, without tables"
    ),
    "vliegwiel.apps.explorer.sizes": (
        "the size of a change as people say and type it, without tables: the form needs it"
    ),
    "vliegwiel.apps.explorer.spreadsheets": (
        "texts and numbers for a spreadsheet, without tables: every download writes them alike"
    ),
    "vliegwiel.apps.explorer.statuses": "words of the states of a run, as plain tables",
    "vliegwiel.apps.explorer.stress_des": (
        "a care system in words and tables, without tables of ours: a command and the docs need it"
    ),
    "vliegwiel.apps.explorer.ways": (
        "which way a number goes, as a sign and a word, without tables: pages and files say alike"
    ),
    "vliegwiel.apps.figures.findings": (
        "what is wrong with a file and where, without tables: every importer says it alike"
    ),
    "vliegwiel.apps.figures.sheets": (
        "lines and cells of CSV and Excel, without tables of ours: every importer reads them alike"
    ),
    "vliegwiel.apps.figures.statline": (
        "the file between fetching a table of CBS and loading it, without tables: commands write it"
    ),
    "vliegwiel.apps.figures.text_files": (
        "from bytes to a text, without tables: every importer refuses the same files"
    ),
    "vliegwiel.apps.regions.kept_counts": (
        "counts over a whole table, kept until it changes: apps with long tables count by it"
    ),
    "vliegwiel.apps.regions.kept_words": (
        "the column that keeps words for searching: models of other apps have it too"
    ),
    "vliegwiel.apps.regions.rare_words": (
        "which words of a text tell it apart: insights and initiatives find what is alike by them"
    ),
    "vliegwiel.apps.regions.searching": (
        "words looked for in Dutch, without tables of its own: every app and the page search alike"
    ),
    "vliegwiel.science.evidence.effects": (
        "a room within the room with a door of its own: effects that were measured have designs "
        "and outcomes as simulated pilots do, under the same names"
    ),
    "vliegwiel.science.evidence.grading": "how strong evidence is; loaded where used",
    "vliegwiel.science.evidence.monitoring": "intervals for any look; loaded where used",
    "vliegwiel.science.evidence.pooling": "effects of regions together; loaded where used",
    "vliegwiel.science.evidence.realising": "how large a change was; loaded where it is used",
    "vliegwiel.science.evidence.scoring": "how good forecasts were; loaded where used",
    "vliegwiel.science.evidence.verdicts": "what may be said and done; loaded where used",
}
