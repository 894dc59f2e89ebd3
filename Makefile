# Everything is done by the `briefings` command; this file only makes its environment first.
# `make help` lists the targets.

PYTHON ?= python3
UNIT ?= default
FORMAT ?= both
# A desktop may set LANGUAGE for its own menus; only the one typed here counts.
ifneq ($(origin LANGUAGE),command line)
LANGUAGE := both
endif

# Handed over through the environment, so that no character of them is read as shell.
export ASKED_MONTH = $(value MONTH)
export ASKED_UNIT = $(value UNIT)
export ASKED_LANGUAGE = $(value LANGUAGE)
export ASKED_FORMAT = $(value FORMAT)
export ASKED_PROJECT = $(value PROJECT)

unexport MONTH UNIT LANGUAGE FORMAT PROJECT FORCE DRAFT

VENV := .venv
comma := ,
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TOOLS := $(VENV)/.tools
BRIEFINGS := $(BIN)/briefings
ASKED := --month "$$ASKED_MONTH" --unit "$$ASKED_UNIT" --language "$$ASKED_LANGUAGE" --format "$$ASKED_FORMAT"
ANEW := $(if $(filter 1,$(value FORCE)),--force)
MARKED := $(if $(filter 1,$(value DRAFT)),--draft)
OF_PROJECT := $(if $(value PROJECT),--project "$$ASKED_PROJECT")

.DEFAULT_GOAL := help
.PHONY: help bench bench-scale report plan gates data intake quarantine changes units lab tools check test test-fast lock

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  MONTH=2025-02 (required for report and units)   PROJECT=path/to/project.toml"
	@echo "  UNIT=code,code | level | all | default   LANGUAGE=vi | en | both   FORMAT=html | pdf | both"

report: $(READY) ## Make the briefings of MONTH that are not up to date (UNIT, LANGUAGE, FORMAT, PROJECT, FORCE=1, DRAFT=1)
	@$(BRIEFINGS) report $(ASKED) $(OF_PROJECT) $(ANEW) $(MARKED)

plan: $(READY) ## Say what `make report` would make again and why
	@$(BRIEFINGS) plan $(ASKED) $(OF_PROJECT)

data: $(READY) ## Make the synthetic demonstration exports
	@$(BRIEFINGS) data $(OF_PROJECT)

intake: $(READY) ## Validate the raw files and write the snapshot
	@$(BRIEFINGS) intake $(OF_PROJECT)

gates: $(READY) ## Say whether the data of MONTH may be published
	@$(BRIEFINGS) gates --month "$$ASKED_MONTH" $(OF_PROJECT)

quarantine: $(READY) ## List the rows that the last intake set aside
	@$(BRIEFINGS) quarantine $(OF_PROJECT)

changes: $(READY) ## Say which rows the last intake found new, changed or gone
	@$(BRIEFINGS) changes $(OF_PROJECT)

units: $(READY) ## List the unit codes of MONTH
	@$(BRIEFINGS) units --month "$$ASKED_MONTH" $(OF_PROJECT)

lab: $(READY) ## Open JupyterLab on the notebooks
	@$(BRIEFINGS) lab

tools: $(TOOLS) ## Add what checks, tests, Spark, Dask, PostgreSQL and object stores need

check: $(TOOLS) ## Format, lint, types, notebooks: yes or no
	@$(BRIEFINGS) check

test: $(TOOLS) ## Run the whole test suite
	@$(BRIEFINGS) test

test-fast: $(TOOLS) ## Run the tests that take less than a minute
	@$(BRIEFINGS) test --fast

bench: $(TOOLS) $(VENV)/.bench ## Measure (BENCH=first,idle,overhead,papermill,facts,growth,intake,bytes,signals,fairness; REPORTS=60)
	@$(BIN)/python -m benchmarks $(subst $(comma), ,$(BENCH))

bench-scale: $(TOOLS) $(VENV)/.bench ## Count up to 100 million made-up dossiers (SIZES=1,10,100)
	@$(BIN)/python -m benchmarks.scale

COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
  --no-annotate --no-emit-index-url pyproject.toml

lock: ## Renew the lock files from pyproject.toml (needs uv)
	$(COMPILE) --group install -o requirements.lock
	$(COMPILE) --group dev -c requirements.lock -o requirements-dev.lock

# uv if present, else pip; the same versions and hashes either way.
ifneq ($(shell command -v uv 2>/dev/null),)
MAKE_VENV := uv venv --quiet --allow-existing --python "$(PYTHON)" $(VENV)
INSTALL := uv pip install --quiet --python $(VENV)
LOCKED := $(INSTALL) --compile-bytecode --require-hashes -r
else
MAKE_VENV := "$(PYTHON)" -m venv $(VENV)
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCKED := $(INSTALL) --require-hashes -r
endif

$(READY): requirements.lock pyproject.toml
	@echo "Preparing the environment in $(VENV) …"
	@$(MAKE_VENV)
	@$(LOCKED) requirements.lock
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

# What only developers, and engines other than the usual one, need.
$(TOOLS): requirements-dev.lock $(READY)
	@echo "Adding the tools …"
	@$(LOCKED) $<
	@touch $@

# The rivals that only the benchmarks need.
$(VENV)/.bench: benchmarks/requirements.lock $(TOOLS)
	@$(LOCKED) $<
	@touch $@
