# `make demo` and `make test` need nothing but python3 (3.11 or newer) and make.
# PYTHON=python3.12 make demo   chooses the Python that .venv is made with.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test lint format evaluate bench faults fuzz screenshots lock licences clean

IN_VENV := .venv/bin
PYTHON_NAMES := $(if $(PYTHON),$(PYTHON),python3.13 python3.12 python3.11 python3)
# A name may be found and still not run (a pyenv shim), or lack venv (Debian splits it off): ask each one.
IS_USABLE := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
PIP := $(IN_VENV)/python -m pip --disable-pip-version-check --quiet
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate

help:  ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name does; do printf '  make %-12s %s\n' "$$name" "$$does"; done

demo: .venv/.installed  ## build the graph from corpus/ and write out/: Turtle, TriG, the HTML views, a summary
	@$(IN_VENV)/irkg demo --out out

test: .venv/.installed-dev  ## every test
	@$(IN_VENV)/python -m pytest

lint: .venv/.installed-dev  ## ruff, mypy --strict, and pip-audit where there is a network
	@$(IN_VENV)/ruff check .
	@$(IN_VENV)/ruff format --check .
	@$(IN_VENV)/mypy
	@$(IN_VENV)/python -m benchmarks.audit

format: .venv/.installed-dev  ## let ruff lay out the code
	@$(IN_VENV)/ruff check --fix .
	@$(IN_VENV)/ruff format .

evaluate: .venv/.installed-dev  ## score the extraction against the gold records; MODEL="a b" compares spaCy models
	@$(IN_VENV)/python -m benchmarks.evaluate $(if $(MODEL),--model $(MODEL))

bench: .venv/.installed-dev  ## measure time and memory
	@$(IN_VENV)/python -m benchmarks.bench

faults: .venv/.installed-dev  ## kill, fill, lock and corrupt a store, and count what was lost (minutes)
	@$(IN_VENV)/python -m benchmarks.faults

fuzz: .venv/.installed-dev  ## feed every reader with rubbish for SECONDS each (20 unless told; Linux)
	@$(IN_VENV)/python -m benchmarks.fuzz --seconds $(or $(SECONDS),20)

screenshots: .venv/.installed-dev  ## renew docs/images (needs Chromium) and the answers in the documents
	@$(IN_VENV)/python -m benchmarks.screenshots

lock:  ## renew requirements.lock and requirements-dev.lock (needs uv); LOCK_FLAGS=--upgrade for newer versions
	$(LOCK) $(LOCK_FLAGS) pyproject.toml requirements.in --output-file requirements.lock
	$(LOCK) $(LOCK_FLAGS) pyproject.toml requirements.in requirements-dev.in --constraints requirements.lock --output-file requirements-dev.lock

licences: .venv/.installed-dev  ## renew docs/licences.md; after make lock
	@$(IN_VENV)/python -m benchmarks.licences

clean:  ## remove what was made, .venv too
	rm -rf .venv .irkg out build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@for name in $(PYTHON_NAMES); do \
		if "$$name" -c '$(IS_USABLE)' >/dev/null 2>&1; then \
			echo "making .venv with $$name ($$("$$name" -c 'import platform; print(platform.python_version())'))" >&2; \
			exec "$$name" -m venv .venv; \
		fi; \
	done; \
	echo "no usable Python among: $(PYTHON_NAMES). Install Python 3.11 or newer with its venv module (Debian: python3-venv), or name one: make PYTHON=/path/to/python3" >&2; \
	exit 1

# The stamps make a second run do nothing, so that it needs no network.
.venv/.installed: requirements.lock pyproject.toml | .venv/bin/python
	@echo "installing what requirements.lock names into .venv" >&2
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/.installed-dev: requirements-dev.lock .venv/.installed
	@echo "installing what requirements-dev.lock names into .venv" >&2
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@
