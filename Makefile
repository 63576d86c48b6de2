# Two commands matter: `make demo` and `make test`. The others are their parts.
SHELL := /bin/bash
VENV ?= .venv
PORT ?= 8000
PYTHON := $(VENV)/bin/python
export PYTHONPATH := src
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help demo test test-sqlite test-postgres test-browser coverage check format verify matrix bench faults screenshots lock clean

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 24

# `--no-deps`: the lock files are complete, and nothing outside them may be looked at. Without it, pip reads the newest release of a
# package asked for with an extra (`coverage[toml]`) and refuses the day one newer than the lock comes out.
$(VENV)/.runtime: requirements/build.txt requirements/base.txt requirements/communes.txt pyproject.toml
	@test -x $(PYTHON) || python3 -m venv $(VENV)
	@echo "Installing what the application needs…"
	@$(VENV)/bin/pip install --quiet --require-hashes --no-deps -r requirements/build.txt -r requirements/base.txt
	@$(VENV)/bin/pip install --quiet --require-hashes --no-deps -r requirements/communes.txt
	@$(VENV)/bin/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements/dev.txt
	@echo "Installing what the tests need…"
	@$(VENV)/bin/pip install --quiet --require-hashes --no-deps -r requirements/dev.txt
	@touch $@

demo: $(VENV)/.runtime ## the demonstration on http://localhost:8000 (PORT=8123 for another)
	@DJANGO_SETTINGS_MODULE=entremise.config.settings.demo ENTREMISE_PORT=$(PORT) $(PYTHON) -m entremise demo --port $(PORT)

test: $(VENV)/.dev ## every test: SQLite, PostgreSQL, browser
	@tools/test all

test-sqlite test-postgres test-browser coverage: $(VENV)/.dev
	@tools/test $(subst test-,,$@)

check: $(VENV)/.dev ## format, lint, types, import contracts, migrations, deployment settings
	@tools/check

format: $(VENV)/.dev ## rewrite the files in the project's format
	@$(VENV)/bin/ruff check --fix --quiet src tests tools; $(VENV)/bin/ruff format --quiet src tests tools

verify: $(VENV)/.runtime ## check the demonstration's journal, seals, keys and triggers
	@DJANGO_SETTINGS_MODULE=entremise.config.settings.demo $(PYTHON) -m entremise verify

matrix: $(VENV)/.dev ## every page × every role × a stranger's identifiers
	@DJANGO_SETTINGS_MODULE=entremise.config.settings.test $(PYTHON) -m tests.matrix

bench: $(VENV)/.dev ## speed at 200,000 and 1,000,000 acts on both engines (results in build/bench.json)
	@$(PYTHON) -m tools.bench $(BENCH)

faults: $(VENV)/.dev ## phones through a bad line: SEEDS=20 OPERATIONS=200 for each, both engines with ENGINE=postgres
	@$(PYTHON) $(if $(filter postgres,$(ENGINE)),-m tools.with_postgres $(PYTHON) -m,-m) tools.faults $(or $(SEEDS),20) $(or $(OPERATIONS),200)

screenshots: $(VENV)/.dev ## remake the README's pictures from the demonstration
	@$(PYTHON) -m tools.screenshots

lock: $(VENV)/.dev ## resolve the dependencies again
	@tools/lock

clean: ## forget the environment, the demonstration and the build results
	rm -rf $(VENV) var build
