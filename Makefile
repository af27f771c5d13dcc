# Two commands matter: `make up` runs Pathfinder, `make test` checks it. Each installs what it needs first.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed
UV_VERSION := 0.13.9
PYTHONS := python3.11 python3.12 python3.13 python3
PYTEST_ARGS ?=
# One more than there are processors: tests also wait, for servers, clocks and disks.
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)

# Dozens of processes start, each importing all of Pathfinder: they share what the first of them compiled.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup up test tests lint format catalogues lock clean reset

help: ## list the targets
	@echo "Pathfinder: the Accountability Framework of Alliance 8.7 as a living process"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMP) ## install everything into .venv (needs Python 3.11 or later, and pip)
	@echo "Pathfinder is installed in $(VENV)."

up: $(STAMP) ## start everything; Ctrl-C stops it, the next start goes on from there (SAMPLE=0: without the sample)
	@$(BIN)/pathfinder up

test: $(STAMP) ## run every check and every test, side by side
	@$(MAKE) --no-print-directory --jobs 2 --keep-going lint tests

# Looking for the tests once, beforehand, leaves behind what each of the processes would compile for itself.
tests: $(STAMP) ## run the tests alone (PYTEST_ARGS="-k name" chooses)
	@sh deploy/test-prerequisites.sh
	@$(BIN)/python -m pytest --collect-only --quiet $(PYTEST_ARGS) > $(VENV)/tests-found 2>&1 || { cat $(VENV)/tests-found; exit 1; }
	@tail -1 $(VENV)/tests-found
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(PYTEST_ARGS)

lint: $(STAMP) ## check style, format, types and the directions of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP) ## mend style and format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

catalogues: $(STAMP) ## bring the translations of mails and pages up to their templates (locale/*/LC_MESSAGES)
	$(BIN)/python -m correspondence.extraction
	$(BIN)/python -m api.pages.extraction

lock: $(BIN)/uv ## bring requirements-dev.lock up to pyproject.toml (UPGRADE=--upgrade: newest versions)
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 $(UPGRADE) \
		--generate-hashes --no-emit-index-url --no-header -o requirements-dev.lock

clean: ## delete what can be made again (.venv and caches); keeps var
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis htmlcov .coverage dist build
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

reset: ## delete var: every country, mail and document of `make up` (needs CONFIRM=1)
	@test "$(CONFIRM)" = 1 || { echo "This deletes var: every country, mail and document. If you mean it: make reset CONFIRM=1" >&2; exit 2; }
	rm -rf var

$(BIN)/python:
	@sh deploy/make-venv.sh $(VENV) $(PYTHONS)

$(BIN)/uv: | $(BIN)/python
	@sh deploy/install-uv.sh $(VENV) $(UV_VERSION)

$(STAMP): pyproject.toml requirements-dev.lock | $(BIN)/uv
	@sh deploy/install.sh $(VENV) $@
