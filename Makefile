# make run   findings from the articles in corpus/articles, in a fresh clone or any other
# make test  lint, types, tests, and scores on the gold; red if quality dropped beyond chance
#
# Both make the environment in .venv first, from the pins in constraints.txt, unless it is there already.
# To use another Python: make run PYTHON=/path/to/python3.12

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
suitable = import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))

# The first that runs and fits; pyenv and the like leave commands that exist and do not run.
PYTHON ?= $(shell for p in python3.11 python3.12 python3; do \
	if $$p -c '$(suitable)' >/dev/null 2>&1; then echo $$p; break; fi; done)

INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: help run test lint types unit score baseline schema clean
.DEFAULT_GOAL := help

help:
	@echo "make run       findings from corpus/articles, written to outputs/"
	@echo "make test      lint, types, tests, and scores on the gold, held against quality/baseline.json"
	@echo "make baseline  scores of today as quality/baseline.json, for later runs to be held against"
	@echo "make schema    JSON Schema and docs/schema.md anew from the data model"
	@echo "make clean     remove the environment and all caches"

run: $(VENV)/run.stamp
	$(BIN)/immunolit run corpus/articles -o outputs/

test: lint types unit score

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .

types: $(VENV)/dev.stamp
	$(BIN)/mypy

unit: $(VENV)/dev.stamp
	$(BIN)/pytest

score: $(VENV)/dev.stamp
	$(BIN)/immunolit corpus check corpus/gold
	$(BIN)/immunolit score corpus/gold/dev.jsonl --baseline quality/baseline.json --gate quality/gate.toml
	$(BIN)/immunolit score corpus/gold/test.jsonl

baseline: $(VENV)/dev.stamp
	$(BIN)/immunolit score corpus/gold/dev.jsonl --save quality/baseline.json

schema: $(VENV)/dev.stamp
	$(BIN)/python scripts/make_schema.py

# The package is installed in place: a change of the code needs no new installation, a change of the pins does.
$(VENV)/run.stamp: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" && $(PYTHON) -c '$(suitable)' || { \
		echo "immunolit needs Python 3.11 or 3.12; found: $(or $(PYTHON),python3), $$($(or $(PYTHON),python3) --version 2>&1 || true)" >&2; \
		echo "Install one of them, or name it: make run PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "Making the environment in $(VENV); this takes a few minutes, once."
	@test -x $(BIN)/python && $(BIN)/python -c '$(suitable)' 2>/dev/null || { \
		rm -rf $(VENV); $(PYTHON) -m venv $(VENV) || { \
		rm -rf $(VENV); echo "On Debian and Ubuntu, the package python3-venv is needed as well." >&2; exit 1; }; }
	@$(INSTALL) hatchling editables
	@$(INSTALL) --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp
	@$(INSTALL) --no-build-isolation --editable '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis
