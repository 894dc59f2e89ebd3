# Everything is done by the `briefings` command; this file only makes its environment first.
# `make help` lists the targets.

PROJECT ?=
UNIT ?= default
LANGUAGE ?= both
FORMAT ?= both
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
BRIEFINGS := $(BIN)/briefings
PROJECT_OPTION := $(if $(PROJECT),--project "$(PROJECT)")

.DEFAULT_GOAL := help
.PHONY: help report data intake units lab check test test-fast lock clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  MONTH=2025-02 (required for report)   UNIT=code,code | level | all | default"
	@echo "  LANGUAGE=vi | en | both   FORMAT=html | pdf | both   PROJECT=path/to/project.toml"

report: $(READY) ## Make the briefings of MONTH (UNIT, LANGUAGE, FORMAT, PROJECT)
	@$(BRIEFINGS) report --month "$(MONTH)" --unit "$(UNIT)" --language "$(LANGUAGE)" --format "$(FORMAT)" $(PROJECT_OPTION)

data: $(READY) ## Make the synthetic demonstration exports
	@$(BRIEFINGS) data $(PROJECT_OPTION)

intake: $(READY) ## Validate the raw files and write the snapshot
	@$(BRIEFINGS) intake $(PROJECT_OPTION)

units: $(READY) ## List the unit codes of MONTH
	@$(BRIEFINGS) units --month "$(MONTH)" $(PROJECT_OPTION)

lab: $(READY) ## Open JupyterLab on the notebooks
	@$(BRIEFINGS) lab

check: $(READY) ## Format, lint, types, notebooks: yes or no
	@$(BRIEFINGS) check

test: $(READY) ## Run the whole test suite
	@$(BRIEFINGS) test

test-fast: $(READY) ## Run the tests that take less than a minute
	@$(BRIEFINGS) test --fast

lock: ## Renew requirements.lock from pyproject.toml (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --group dev pyproject.toml -o requirements.lock

clean: ## Remove the environment, generated data and reports
	rm -rf $(VENV) data/raw data/snapshots reports/*

# uv if present, else pip; the same versions and hashes either way.
$(READY): requirements.lock pyproject.toml
	@echo "Preparing the environment in $(VENV) …"
	@if command -v uv >/dev/null 2>&1; then \
	  uv venv --quiet --allow-existing --python "$(PYTHON)" $(VENV) && \
	  uv pip install --quiet --python $(VENV) --require-hashes -r requirements.lock && \
	  uv pip install --quiet --python $(VENV) --no-deps --no-build-isolation -e . ; \
	else \
	  "$(PYTHON)" -m venv $(VENV) && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . ; \
	fi
	@touch $(READY)
