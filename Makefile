# Everything you can do here; there is no other entrance.
#
#   make demo     a served site with region IJsselland      make check    style, types, layers, texts
#   make test     every test                                make fix      mend style and layout
#   make docs     the documentation as a site               make bench    speed, as ratios
#
# Each sets up what it needs itself. DATABASE_URL makes it use another PostgreSQL than its own.

PYTHON ?= python3
export VLIEGWIEL_DATA ?= $(CURDIR)/.data
VENV = .venv
BIN = $(VENV)/bin
PORT ?= 8000
ARGS ?=

.PHONY: demo test check fix docs bench setup setup-dev setup-bench lock
.DEFAULT_GOAL := demo

demo: setup
	@$(BIN)/vliegwiel demo --port $(PORT) $(ARGS)

test: setup-dev
	@$(PYTHON) tools/run_tests.py $(ARGS)

check: setup-dev
	@$(PYTHON) tools/run_checks.py

fix: setup-dev
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet . ; $(BIN)/python tools/messages.py collect

docs: setup-dev
	@$(BIN)/python -m sphinx -W --keep-going -q -b html docs docs/_build/html
	@echo "docs/_build/html/index.html"

bench: setup-bench
	@$(BIN)/python -m benchmarks $(ARGS)

setup:
	@$(PYTHON) tools/setup.py run

setup-dev:
	@$(PYTHON) tools/setup.py dev

setup-bench:
	@$(PYTHON) tools/setup.py bench

# Renew the locks after a change of dependencies in pyproject.toml; hashes in, addresses out.
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-annotate --no-header
lock: setup-dev
	@echo uv | $(LOCK) -o requirements/tools.txt -
	@$(LOCK) --extra build -o requirements/run.txt pyproject.toml
	@$(LOCK) --extra build --extra cluster --group test --group check --group docs -c requirements/run.txt \
		-o requirements/dev.txt pyproject.toml
	@$(LOCK) --group pyproject.toml:bench -c requirements/dev.txt -o requirements/bench.txt
