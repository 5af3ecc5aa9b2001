# Everything a person types. `make` alone lists it.

PYTHON ?= python3
HOST = 127.0.0.1
PORT = 8000
DEMO = yes
TORCH_INDEX =

BIN := .venv/bin
INSTALLED := .venv/.installed
MODULES := frontend/node_modules/.installed
BUILT := frontend/dist/index.html
PAGE := $(shell find frontend -name node_modules -prune -o -name dist -prune -o -type f -print 2>/dev/null)

# Vite's own floor. An older Node, or none, gives way to the one of the wheel.
NODE_IS_NEW := $(shell npm --version >/dev/null 2>&1 && node -p \
  'const [a, b] = process.versions.node.split(".").map(Number); (a == 20 && b >= 19) || (a == 22 && b >= 12) || a >= 24' 2>/dev/null)
OUR_NODE := $(if $(filter true,$(NODE_IS_NEW)),,$(CURDIR)/$(BIN):)
NPM := cd frontend && PATH="$(OUR_NODE)$$PATH" npm

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help setup up test check lint types borders page pytest journeys fuzz gpu chromium lock schema

help:  ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  up: PORT=8001  HOST=0.0.0.0  DEMO=no    setup: PYTHON=python3.12  TORCH_INDEX=address"

# --- Setting up ---------------------------------------------------------------------------------

setup: $(INSTALLED) $(BUILT)  ## Install everything below .venv and frontend, and build the page

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Crest needs Python 3.11 or newer, and '$(PYTHON)' is not. Name one: make setup PYTHON=python3.12" >&2; \
	  exit 1; }
	$(PYTHON) -m venv .venv

# From PyPI, torch is the CUDA build (several GB). Without a GPU:
#   make setup TORCH_INDEX=https://download.pytorch.org/whl/cpu
$(INSTALLED): requirements.lock | $(BIN)/python
	@echo "Installing the Python packages: minutes, and about 2 GB."
	$(BIN)/python -m pip install --disable-pip-version-check --quiet \
	  $(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX)) -r requirements.lock
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --editable .
	@touch $@

$(MODULES): frontend/package-lock.json frontend/package.json | $(INSTALLED)
	$(NPM) ci --no-audit --no-fund
	@touch $@

$(BUILT): $(MODULES) $(PAGE)
	$(NPM) run build
	@touch $@

# --- Running ------------------------------------------------------------------------------------

up: setup  ## Run the whole platform on this machine (Ctrl-C stops it)
	@$(BIN)/python manage.py up --host $(HOST) --port $(PORT) $(if $(filter no,$(DEMO)),--no-demo)

# --- Checking -----------------------------------------------------------------------------------

test: check chromium journeys  ## Everything: `check`, then people's ways through a real browser

check: setup lint types borders page pytest  ## All but the browser

lint: $(INSTALLED)  ## Format and rules, Python
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(INSTALLED)  ## Types, Python
	$(BIN)/mypy annotation_site crest scorer training benchmarks

borders: $(INSTALLED)  ## Who may import whom
	$(BIN)/lint-imports

page: $(MODULES)  ## Format, rules, types and tests of the page
	$(NPM) run check
	$(NPM) test

pytest: setup
	$(BIN)/pytest -q -n 2 --ignore tests/functional

journeys: setup
	$(BIN)/pytest -q tests/functional

fuzz: setup  ## Draw a hundred requests to each operation of the API (minutes)
	CREST_FUZZ_EXAMPLES=100 $(BIN)/pytest -q -n 2 tests/security/test_fuzz.py

gpu: setup  ## What needs a GPU, with what it measures (another model: CREST_GPU_MODEL)
	$(BIN)/pytest -rA -m gpu tests/scorer

chromium:
	@if [ -n "$$CREST_CHROMIUM" ] || command -v chromium >/dev/null; then exit 0; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -q && apt-get install -q -y --no-install-recommends chromium; \
	else \
	  echo; echo "!! NO CHROMIUM: THE JOURNEYS WILL BE SKIPPED."; \
	  echo "!! Install it, or name one: CREST_CHROMIUM=/path/to/chromium make test"; echo; \
	fi

# --- Keeping in step ----------------------------------------------------------------------------

lock: $(INSTALLED)  ## Pin every Python package anew in requirements.lock
	$(BIN)/pip-compile --quiet --upgrade --all-extras --strip-extras --allow-unsafe --no-header \
	  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	  --output-file requirements.lock pyproject.toml
	sed -i -e '1i # Every Python package that Crest runs with, pinned by `make lock`.' \
	  -e 's/^\(torch[a-z]*==[^+]*\)+.*/\1/' requirements.lock  # each machine has its own build

schema: setup  ## Write down the API, the types of it for the page and the client, and the command
	$(BIN)/python manage.py spectacular --fail-on-warn --format openapi-json --file frontend/openapi.json
	$(NPM) run schema
	$(BIN)/datamodel-codegen
	$(BIN)/python -m typer crest.commands.app utils docs --name crest --output docs/reference/cli.md
