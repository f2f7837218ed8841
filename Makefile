# Verksted. `make` alone lists what there is to do.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2
LONG := --timeout=0
.DEFAULT_GOAL := help
.PHONY: help run serve story seed migrate test check fuzz bench races kills deliveries histories tokens probe rules events guides documents access inventory walls openapi lint-openapi clients pocket check-image lock vendor-docs clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Verksted needs Python 3.11 or later: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv is missing (Debian: apt install python3-venv)"; exit 1; }

$(VENV)/.run: requirements-local.lock | $(VENV)/bin/python
	@echo "Installing what the service needs, by hash …"
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-local.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock | $(VENV)/bin/python
	@echo "Installing what tests and checks need, by hash …"
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/.run

run: $(VENV)/.run ## everything on this machine: database, demo, API, docs; tokens are printed
	@$(BIN)/python -m app.cli run

serve: $(VENV)/.run ## the API alone, over the database that the environment names
	@$(BIN)/python -m app.cli serve

story: $(VENV)/.run ## tell the whole life of a group over HTTP against the running server (URL=http://…)
	@$(BIN)/python -m app.cli story --url $(or $(URL),http://127.0.0.1:8000)

seed: $(VENV)/.run ## seed the demo, or a made-up world of any size (GROUPS=2000 SEED=1 ADD=1), into the named database
	@$(BIN)/python -m app.cli seed $(if $(GROUPS),--groups $(GROUPS)) $(if $(SEED),--seed $(SEED)) $(if $(ADD),--add)

migrate: $(VENV)/.run ## make the roles and migrate (DATABASE_URL, an owner's)
	@$(BIN)/python -m app.cli migrate

test: $(VENV)/.dev ## the whole suite, on a real PostgreSQL that it starts itself
	@$(BIN)/pytest -q -n $(WORKERS) --dist loadfile --ignore=tests/deploy/test_image.py

check: $(VENV)/.dev ## lint, types, import contracts, migrations, snapshots, known vulnerabilities
	@tools/check.sh

fuzz: $(VENV)/.dev ## schemathesis over the OpenAPI document, at least 5,000 cases
	@VERKSTED_FUZZ=5000 $(BIN)/pytest -q $(LONG) -s -n 0 tests/fuzz

races: $(VENV)/.dev ## the race tests, ten times as many ballots as in `make test`
	@VERKSTED_RACES=10 $(BIN)/pytest -q $(LONG) -s -n 0 tests/races

kills: $(VENV)/.dev ## kill servers 100 times while clients read assessments: every answer has exactly one entry in the log
	@VERKSTED_KILLS=100 $(BIN)/pytest -q $(LONG) -s -n 0 tests/faults

deliveries: $(VENV)/.dev ## 50,000 events to a receiver that fails, hangs and disappears, and 300 kills of the worker
	@VERKSTED_DELIVERIES=$(or $(EVENTS),50000) VERKSTED_DELIVERY_KILLS=$(or $(KILLS),300) $(BIN)/pytest -q $(LONG) -s -n 0 tests/faults/test_deliveries.py

histories: $(VENV)/.dev ## the lives of group, assignment, record, series, intake and ballot: ten times the 2,000 histories of `make test`
	@VERKSTED_HISTORIES=10 $(BIN)/pytest -q $(LONG) -n $(WORKERS) --dist loadfile tests/domain

tokens: $(VENV)/.dev ## 50,000 spoilt tokens of every kind of issuer, held against a second opinion
	@VERKSTED_TOKENS=50000 $(BIN)/pytest -q $(LONG) -s -n 0 tests/adapters/identity/mutated

probe: $(VENV)/.dev ## in time, too: hidden beside absent, 200 of each by REST and GraphQL; and what is over at one replica, at another
	@VERKSTED_PROBE=200 $(BIN)/pytest -q $(LONG) -s -n 0 tests/probe

bench: $(VENV)/.dev ## speed as ratios to an idiomatic route and to the raw limit, in one run
	@$(BIN)/python -m bench

rules: $(VENV)/.dev ## write docs/rules.md anew: where each rule lives and which tests hold it
	@$(BIN)/python -m tools.rules_table

events: $(VENV)/.dev ## write the catalogue in docs/events.md anew: what happens, and who may know
	@$(BIN)/python -m tools.events_table

guides: $(VENV)/.dev ## write the pages of the guides anew, from docs/admin, docs/integrate.md and docs/events.md
	@$(BIN)/python -m tools.guides

documents: $(VENV)/.dev ## write the list of trusted GraphQL documents anew, from the .graphql files
	@$(BIN)/python -m tools.trusted_documents

inventory: $(VENV)/.dev ## write docs/data-inventory.md anew: what is held, column by column
	@$(BIN)/python -m tools.data_inventory

walls: $(VENV)/.dev ## write docs/walls-matrix.txt anew: who reaches which rows, proved by pgrls
	@VERKSTED_WALLS=write $(BIN)/pytest -q $(LONG) -n 0 tests/walls/test_row_security.py

access: $(VENV)/.dev ## write docs/access.md anew: who may do what, from what the service answers
	@VERKSTED_WRITE_ACCESS=1 $(BIN)/pytest -q $(LONG) -n 0 tests/parity/test_parity.py -k "everybody_hears or who_may_do_what"

openapi: $(VENV)/.dev ## write openapi/ anew
	@$(BIN)/python -m app.cli openapi

lint-openapi: ## Redocly and Spectral over openapi/openapi.json
	@tools/npm/lint.sh openapi/openapi.json

clients: $(VENV)/.dev ## make the TypeScript (needs Node 20) and the Python client from openapi/openapi.json
	@clients/python/build.sh
	@if command -v npm >/dev/null; then clients/typescript/build.sh; else echo "NOT MADE: the TypeScript client, as there is no npm here"; fi

pocket: ## build examples/pocket/dist anew (needs Node 20): what `make run` serves at /pocket
	@clients/typescript/build.sh && examples/pocket/build.sh

check-image: $(VENV)/.dev ## run the image's build steps and start command in a plain folder
	@$(BIN)/pytest -q -n 0 tests/deploy

lock: ## lock the requirements anew, with hashes and without any address
	@$(PYTHON) -m venv $(VENV)/uv && $(VENV)/uv/bin/pip install -q uv
	@for name in requirements requirements-local requirements-dev; do \
	  $(VENV)/uv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-emit-find-links -q $$name.in -o $$name.lock || exit 1; done
	@if command -v npm >/dev/null; then tools/npm_lock.sh tools/npm clients/typescript examples/pocket; fi

vendor-docs: ## fetch Swagger UI and GraphiQL anew
	@tools/vendor_docs.sh

clean: ## remove the environment and the local data (asks first)
	@printf 'This removes %s and .local with its database. Sure? [y/N] ' $(VENV); read answer; \
	  [ "$$answer" = y ] && rm -rf $(VENV) .local || echo "Nothing was removed."
