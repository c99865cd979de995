# Hearback. `make run` starts it with example data, `make test` runs every check. Python 3.11 to 3.13 and make are enough.
SHELL := /bin/sh
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(not (3,11) <= sys.version_info[:2] < (3,14))' 2>/dev/null \
	&& { echo $$p; break; }; done)
PY := .venv/bin/python
export HOST ?= 127.0.0.1
export PORT ?= 8000

.PHONY: help messages install install-analysis install-dev run test lint format bench bench-text bench-large bench-letters check-data check-crash lock
.DEFAULT_GOAL := help

help: ## say what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(PY):
	@test -n "$(PYTHON)" || { \
		echo "Hearback needs Python 3.11, 3.12 or 3.13; $$(python3 --version 2>/dev/null || echo 'no Python') was found here."; \
		echo "Install one (Debian, Ubuntu: apt install python3 python3-venv) or name it: make run PYTHON=/path/to/python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv >/dev/null 2>&1 && test -x .venv/bin/pip || { rm -rf .venv; \
		echo "$(PYTHON) cannot make a virtual environment: its venv module is missing."; \
		echo "Install it (Debian, Ubuntu: apt install python3-venv) and try again."; exit 1; }

.venv/installed: requirements.lock | $(PY)
	@echo "Installing packages (once; about a minute) ..."
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/installed-dev: requirements-dev.lock | $(PY)
	@echo "Installing packages and test tools (once; about a minute) ..."
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch .venv/installed $@

install: .venv/installed ## make .venv with the hash-locked packages

install-dev: .venv/installed-dev ## the same, with the tools for tests and checks

install-analysis: install ## also what writes answers as .sav (SPSS) and .parquet
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-analysis.lock

run: install ## start web server and worker, with the example organisation when nothing is there yet
	@exec $(PY) -m flask --app wsgi serve --example

test: install-dev lint ## every check and every test
	@$(PY) -m pytest -n auto

lint: install-dev ## style, types, and the order of the rooms
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@.venv/bin/lint-imports --no-cache

format: install-dev ## put the code in shape
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .

bench: install-dev ## measure the respond path against bare baselines: one table of goals
	@$(PY) -m bench.respond

bench-text: install-dev ## measure reading of free text beside a bare NLTK VADER loop, and the web process without it
	@$(PY) -m bench.text

bench-large: install-dev ## measure results and exports at a thousand, 100 thousand and a million responses: make bench-large [SIZES="1000 10000000"] [DATABASE=postgresql://…]
	@$(PY) -m bench.large $(if $(SIZES),--sizes $(SIZES)) $(if $(DATABASE),--database "$(DATABASE)")

bench-letters: install-dev ## queue 50 thousand invitations, stop and go on, send some: time, memory, nobody twice: make bench-letters [PEOPLE=5000]
	@$(PY) -m bench.letters $(if $(PEOPLE),--people $(PEOPLE))

check-data: install ## run a folder of real data through the product: make check-data DATA=DIR
	@test -n "$(DATA)" || { echo "Say where the data is: make check-data DATA=DIR"; exit 1; }
	@$(PY) -m bench.check_data "$(DATA)"

check-crash: install-dev ## kill every process again and again while 3,000 answers are sent, and count what is there
	@$(PY) -m bench.crash

TRANSLATIONS := survey/translations
POT := $(or $(TMPDIR),/tmp)/hearback-messages.pot

messages: install-dev ## collect the words of the interface for its catalogues, and compile these: make messages [LANGUAGE=fr]
	@.venv/bin/pybabel -q extract -F $(TRANSLATIONS)/babel.cfg -k "marked _m lazy_gettext _l" --no-wrap --sort-by-file \
		--add-location=file -o $(POT) .
	@.venv/bin/pybabel -q update -i $(POT) -d $(TRANSLATIONS) --no-wrap --no-fuzzy-matching --ignore-obsolete \
		--ignore-pot-creation-date $(if $(LANGUAGE),--init-missing -l $(LANGUAGE))
	@.venv/bin/pybabel -q compile -d $(TRANSLATIONS) --statistics
	@rm -f $(POT)

lock: ## choose new versions of all packages (needs uv)
	uv pip compile --universal --generate-hashes --no-header -q -U pyproject.toml -o requirements.lock
	uv pip compile --universal --generate-hashes --no-header -q pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock
	uv pip compile --universal --generate-hashes --no-header -q pyproject.toml --extra analysis -c requirements.lock -o requirements-analysis.lock
