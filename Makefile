# Thin targets: each calls one `tally` sub-command or tool. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
DEV_INSTALLED := $(VENV)/.installed-dev

.DEFAULT_GOAL := help
.PHONY: help install install-dev demo up test test-faults test-compose bench bench-service audit lint docs lock score

help: ## Say what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 24

install: $(INSTALLED) ## Make .venv with all that the service needs

install-dev: $(DEV_INSTALLED) ## Add what tests and checkers need

demo: $(INSTALLED) ## Show the whole service at work on the articles of seeds/, or on ARTICLE=path
	@$(BIN)/tally demo $(if $(ARTICLE),"$(ARTICLE)")

up: $(INSTALLED) ## Run the service on http://127.0.0.1:8000, or PORT=number, until Ctrl-C; data in ./data, or DATA=folder
	@$(BIN)/tally up $(if $(PORT),--port "$(PORT)") $(if $(DATA),--data "$(DATA)")

test: lint ## Run everything that must pass
	$(BIN)/pytest --numprocesses 2 --dist worksteal --ignore tests/compose

# WRITE=1 puts what was measured into docs/explanation/reliability.md.
test-faults: $(DEV_INSTALLED) ## Kill, freeze and fill up every part of the service under load (20 minutes at most)
	$(BIN)/pytest -m "reliability" --verbose --numprocesses 2 --dist worksteal --ignore tests/compose \
	  $(if $(WRITE),--write-reliability)

# OSV_URL names a mirror, where the internet cannot be reached.
audit: $(DEV_INSTALLED) ## Look up known weaknesses of every pinned package (asks api.osv.dev)
	@OSV_URL="$(OSV_URL)" $(BIN)/python tests/audit.py $(sort $(wildcard requirements/*.txt))

# Where image builds reach no package index by themselves, this file gives them the host's network.
COMPOSE_OVERRIDE ?= $(abspath $(wildcard ../shared/docker/compose.offline.yml))

test-compose: $(DEV_INSTALLED) ## Test docker-compose.yml in containers (needs a Docker engine)
	TALLY_TEST_COMPOSE_OVERRIDE="$(COMPOSE_OVERRIDE)" $(BIN)/pytest tests/compose

bench: $(DEV_INSTALLED) ## Measure the extractor against quantulum3 and bare tokenization, on one core
	@test -x $(VENV)/bench/bin/python || $(BIN)/python -m venv $(VENV)/bench
	@$(VENV)/bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@$(VENV)/bench/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(VENV)/bench/bin/python -m bench.extractor

bench-service: $(DEV_INSTALLED) ## Measure the whole service: throughput, times to answer, memory
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python -m bench.service

# Annotated sentences and articles are not part of Tally; SHARED names the folder that holds them and their scorer.
SHARED ?= ../shared
score: $(DEV_INSTALLED) ## Measure the extraction: its own corpus, and annotated sets in SHARED=folder if they are there
	@$(BIN)/python tests/extraction/score.py "$(SHARED)"

lint: $(DEV_INSTALLED) ## Check style, types and the floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Pins stay as they are unless pyproject.toml forbids them; delete a file first to take the newest of everything.
PIN := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
  --no-header --quiet
BUILD_REQUIRES := import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")

docs: $(DEV_INSTALLED) ## Build the documentation as a site in build/site
	$(BIN)/mkdocs build --strict

lock: $(DEV_INSTALLED) ## Pin what pyproject.toml asks for, with hashes, after a change there
	$(PIN) pyproject.toml --output-file requirements/runtime.txt
	$(PIN) pyproject.toml --extra local --output-file requirements/local.txt
	$(PIN) pyproject.toml --extra otel --output-file requirements/otel.txt
	$(PIN) pyproject.toml --extra dev --output-file requirements/dev.txt
	$(PIN) pyproject.toml --extra bench --output-file requirements/bench.txt
	$(BIN)/python -c '$(BUILD_REQUIRES)' | $(PIN) - --output-file requirements/build.txt

$(INSTALLED): requirements/local.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo 'Tally needs Python 3.11 or newer; name one with `make PYTHON=python3.12 ...`' >&2; exit 1; }
	@$(BIN)/python -c 'import pip' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV) || \
	  { echo '$(PYTHON) cannot make a virtual environment (on Debian: apt install python3-venv)' >&2; exit 1; }
	@echo 'Installing into $(VENV) ...'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/local.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(DEV_INSTALLED): requirements/dev.txt $(INSTALLED)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@
