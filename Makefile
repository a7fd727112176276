# SPDX-License-Identifier: MIT
# Needs Python 3.11 or later, make and pip. `make demo` and `make test` are the two to know.

PYTHON ?= python3
# Interpreters the core's tests also run on, where they are there: names or paths.
OTHER_PYTHONS ?= python3.12 python3.13
CONSTRAINTS := constraints.txt
PLUGINS := $(patsubst %/pyproject.toml,%,$(sort $(wildcard plugins/*/pyproject.toml)))
VENV := .venv/.made
BIN := .venv/bin

DEMO_LEDGER := docs/examples/county-ledger.xlsx
DEMO := evaluate $(DEMO_LEDGER) --standard hubei/demonstration --period 2020 \
	-o build/demo/report.html -o build/demo/report.xlsx

# What need not be covered to the last branch: floors 5 and 6. A new module is below them unless it is named here.
ROOM := src/platformrules
UPPER_FLOORS := $(ROOM)/ledger/*,$(ROOM)/bulk/*,$(ROOM)/analysis/*,$(ROOM)/reporting/*,$(ROOM)/cli/*,$(ROOM)/testing/*,$(ROOM)/__main__.py

# The stages of the gate come one after the other, the fastest first, also under `make -j`.
.NOTPARALLEL:
.PHONY: help demo test lint types tests unit other-pythons wheels fuzz bench docs clean

help:
	@echo 'make demo           evaluate the example ledger; reports in build/demo'
	@echo 'make test           the whole gate: lint types tests (unit, other-pythons) wheels'
	@echo 'make docs           write the pages that are made from the rule files'
	@echo 'make fuzz           the properties of tests/properties, for a long time'
	@echo 'make bench          the measurements of benchmarks/'
	@echo 'make clean          remove .venv, build and caches'
	@echo 'PYTHON=... chooses the interpreter of .venv'

# One pip command for all: a plugin alone would ask the public index for platformrules, a name that is not ours there.
.venv: $(VENV)
$(VENV): pyproject.toml $(CONSTRAINTS) $(addsuffix /pyproject.toml,$(PLUGINS))
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo '$(PYTHON) is not Python 3.11 or later: make PYTHON=python3.12 ...' >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install -q -c $(CONSTRAINTS) -e '.[all,dev]' $(addprefix -e ./,$(PLUGINS))
	@touch $@

demo: $(VENV)
	@mkdir -p build/demo
	@code=0; $(BIN)/platformrules $(DEMO) || code=$$?; \
	case $$code in \
	0) meaning='every verdict conforms' ;; \
	2) meaning='some centers do not conform' ;; \
	4) meaning='no center fails, and some verdicts are open: facts or judgements are missing' ;; \
	*) echo "the demo failed: exit code $$code" >&2; exit $$code ;; \
	esac; \
	echo; echo "exit code $$code: $$meaning"; \
	echo 'reports: build/demo/report.html build/demo/report.xlsx'

test: lint types tests wheels

# Both at once, the traced run first: together they keep two cores busy to the end.
tests: $(VENV)
	@mkdir -p build
	@nice -n 10 $(MAKE) --no-print-directory other-pythons >build/other-pythons.log 2>&1 & others=$$!; \
	code=0; $(MAKE) --no-print-directory unit || code=$$?; \
	wait $$others || code=$$?; \
	cat build/other-pythons.log; \
	exit $$code

lint: $(VENV)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-cache

types: $(VENV)
	$(BIN)/mypy

unit: $(VENV)
	$(BIN)/coverage erase
	$(BIN)/coverage run --omit='$(UPPER_FLOORS)' -m pytest
	@echo 'floors 0 to 4, every branch:'
	$(BIN)/coverage report --include='$(ROOM)/*' --omit='$(UPPER_FLOORS)' --fail-under=100

other-pythons: $(VENV)
	.ci/other-pythons $(OTHER_PYTHONS)

wheels: $(VENV)
	.ci/wheels

docs: $(VENV)
	$(BIN)/platformrules coverage --pages docs/reference/documents --across docs/explanation/across-jurisdictions.md

fuzz: $(VENV)
	$(BIN)/python -m pytest tests/properties --hypothesis-profile=fuzz

bench: $(VENV)
	$(BIN)/python -m pip install -q -c $(CONSTRAINTS) -r benchmarks/requirements.txt
	$(BIN)/python benchmarks/run.py

clean:
	rm -rf .venv build dist .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find src plugins tests docs benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
