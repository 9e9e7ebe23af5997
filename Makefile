# What a person types here. `make` alone lists it.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
CODE = $(wildcard valedor tests benchmarks conftest.py manage.py)
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))
export PYTHONDONTWRITEBYTECODE ?=

help:  ## list these commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: .venv/installed-run $(CATALOGUES)  ## make the environment in .venv from the locked requirements

run: setup  ## serve on http://127.0.0.1:8000, with the demonstration on first start
	@DEMO=$${DEMO-1} exec $(BIN)/valedor run

test: develop system-packages  ## every test, unit to browser
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: develop  ## every static check
	@$(BIN)/python -m tests.checks

fix: develop  ## format, and mend what the linters can mend
	$(BIN)/ruff check --fix --quiet $(CODE) || true
	$(BIN)/ruff format --quiet $(CODE)
	$(BIN)/djade --target-version 5.2 $$(git ls-files -co --exclude-standard 'valedor/*.html') || true

bench: develop  ## the measurements and the kill tests
	$(BIN)/python -m benchmarks $(BENCH)

docs: develop  ## write the pages of docs/reference/ that come from the code
	$(BIN)/python -m tests.documents write

messages: develop  ## gather the texts to translate into locale/
	$(BIN)/python -m tests.messages gather

lock: develop  ## pin the newest allowed versions, with hashes and without addresses
	$(BIN)/uv pip compile -q --upgrade --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header requirements/run.in -o requirements/run.txt
	$(BIN)/uv pip compile -q --upgrade --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header requirements/develop.in -c requirements/run.txt -o requirements/develop.txt

develop: .venv/installed-develop $(CATALOGUES)

# What tests need and no Python package brings. Root on Debian gets it; anyone else is told what to type.
system-packages:
	@$(PYTHON) tests/system_packages.py

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Valedor needs Python 3.11 or later. On Debian 12: apt-get install python3 python3-venv")'
	@$(PYTHON) -m venv .venv || { echo "The virtual environment could not be made."; echo "hint: apt-get install python3-venv"; rm -rf .venv; exit 1; }

.venv/installed-run: requirements/run.txt pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install -q --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install -q --no-deps --no-build-isolation --no-index -e .
	@touch $@

.venv/installed-develop: requirements/develop.txt .venv/installed-run | .venv/bin/python
	$(BIN)/python -m pip install -q --require-hashes -r requirements/develop.txt
	@touch $@

# All that are stale in one go.
locale/%.mo: locale/%.po | .venv/installed-run
	@$(BIN)/python -c 'from valedor.config import translations; translations.compile_stale()'

.PHONY: help setup run test check fix bench docs messages lock develop system-packages
