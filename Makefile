# Each target sets up what it needs: Python 3.11 or newer, make and a package index are enough.

VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

# the newest Python that is new enough; `make PYTHON=…` decides otherwise
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3.14 python3 python; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)

# without compiled modules every start takes twice as long
unexport PYTHONDONTWRITEBYTECODE

SOURCES := simulator tests scripts benchmarks

.PHONY: help serve test check fuzz lint format bundle coverage bench clean

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

serve: $(VENV)/.stamp-serve  ## start the simulator; make serve ARGS="--port 0 --state state.json"
	@$(BIN)/simulator serve $(ARGS)

test: $(VENV)/.stamp-dev  ## every test; make test ARGS="-k state"
	$(BIN)/pytest -n 2 --dist worksteal $(ARGS)

check: lint  ## what must hold for each change: lint and the quick tests
	$(BIN)/pytest -n 2 --dist worksteal -m 'not slow' $(ARGS)

fuzz: $(VENV)/.stamp-dev  ## contracts against the simulator for long, at random; make fuzz FUZZ_EXAMPLES=300 ARGS="-k infact"
	FUZZ_EXAMPLES=$(or $(FUZZ_EXAMPLES),100) FUZZ_CHAINS=$(or $(FUZZ_CHAINS),300) $(BIN)/pytest -n 2 tests/contract $(ARGS)

lint: $(VENV)/.stamp-dev  ## format, lint, types, layers, image, bundles, coverage
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/hadolint Dockerfile
	$(BIN)/python scripts/bundle.py --check
	$(BIN)/python scripts/coverage.py --check

format: $(VENV)/.stamp-dev  ## put the source in order
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)

bundle: $(VENV)/.stamp-dev  ## contracts and fixtures from YAML to the JSON that the server reads
	$(BIN)/python scripts/bundle.py

coverage: $(VENV)/.stamp-dev  ## docs/coverage.md from the contracts and the assumptions
	$(BIN)/python scripts/coverage.py

bench: $(VENV)/.stamp-bench  ## speed, memory and start-up, side by side with others
	$(BIN)/python -m benchmarks $(ARGS)

clean:  ## remove what is made here
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

# --- set-up ---------------------------------------------------------------------------

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo 'make: Python 3.11 or newer is needed, and none was found'; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
		echo 'make: this Python lacks its venv module; on Debian and Ubuntu: apt-get install python3-venv'; exit 1; }
	"$(PYTHON)" -m venv $(VENV)

# pip's notes on itself are nobody's business here; constraints.txt holds for builds, too
PIP = PIP_CONSTRAINT=constraints.txt PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore \
	$(BIN)/python -m pip install --quiet

$(VENV)/.stamp-serve: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo 'Setting up in $(VENV) …'
	@$(PIP) --editable .
	@touch $@

$(VENV)/.stamp-dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo 'Setting up for development in $(VENV) …'
	@$(PIP) --editable '.[dev]'
	@touch $@ $(VENV)/.stamp-serve

$(VENV)/.stamp-bench: $(VENV)/.stamp-dev
	@$(PIP) --editable '.[bench]'
	@touch $@
