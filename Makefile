# Verksted. `make` alone lists what there is to do.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2
.DEFAULT_GOAL := help
.PHONY: help run serve story seed migrate test check fuzz bench races histories rules openapi lint-openapi check-image lock vendor-docs clean

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
	@VERKSTED_FUZZ=5000 $(BIN)/pytest -q -s -n 0 tests/fuzz

races: $(VENV)/.dev ## the race tests, ten times as many ballots as in `make test`
	@VERKSTED_RACES=10 $(BIN)/pytest -q -s -n 0 tests/races

histories: $(VENV)/.dev ## the lives of group, assignment, record, series, intake and ballot: over 2,000 random histories
	@VERKSTED_HISTORIES=400 $(BIN)/pytest -q -n $(WORKERS) --dist loadfile tests/domain

bench: $(VENV)/.dev ## speed as ratios to an idiomatic route and to the raw limit, in one run
	@$(BIN)/python -m bench

rules: $(VENV)/.dev ## write docs/rules.md anew: where each rule lives and which tests hold it
	@$(BIN)/python -m tools.rules_table

openapi: $(VENV)/.dev ## write openapi/ anew
	@$(BIN)/python -m app.cli openapi

lint-openapi: ## Redocly and Spectral over openapi/openapi.json
	@tools/npm/lint.sh openapi/openapi.json

check-image: $(VENV)/.dev ## run the image's build steps and start command in a plain folder
	@$(BIN)/pytest -q -n 0 tests/deploy

lock: ## lock the requirements anew, with hashes and without any address
	@$(PYTHON) -m venv $(VENV)/uv && $(VENV)/uv/bin/pip install -q uv
	@for name in requirements requirements-local requirements-dev; do \
	  $(VENV)/uv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-emit-find-links -q $$name.in -o $$name.lock || exit 1; done

vendor-docs: ## fetch Swagger UI and GraphiQL anew
	@tools/vendor_docs.sh

clean: ## remove the environment and the local data (asks first)
	@printf 'This removes %s and .local with its database. Sure? [y/N] ' $(VENV); read answer; \
	  [ "$$answer" = y ] && rm -rf $(VENV) .local || echo "Nothing was removed."
