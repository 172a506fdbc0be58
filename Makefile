# Every target explains itself: make help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PORT ?= 8000
SCALE ?=
VENV := .venv
BIN := $(VENV)/bin
JOBS := $(shell nproc 2>/dev/null || echo 2)
INSTALLED := $(VENV)/.installed
PYTHON ?= python3

export UV_NO_PROGRESS := 1
# networks with an authority of their own: trust what the machine trusts
export UV_SYSTEM_CERTS := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help install demo demo-reset run test check check-deploy fmt bench docs chromium

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

install: $(INSTALLED) ## make .venv with the command didaskaleio and all tools, from hash-locked packages
	@:

$(INSTALLED): requirements-installer.lock requirements-dev.lock pyproject.toml
	@echo "Εγκατάσταση στο $(VENV) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements-installer.lock
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes --compile-bytecode requirements-dev.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --build-constraints requirements-installer.lock --editable .
	@touch $@

demo: install ## start the demonstration (PORT=8000, SCALE=small|national) until Ctrl-C
	@PORT='$(PORT)' SCALE='$(SCALE)' exec $(BIN)/didaskaleio demo

demo-reset: install ## delete the demonstration's data
	@exec $(BIN)/didaskaleio demo --reset

run: install ## serve pages with DATABASE_URL and the other settings of the environment (production)
	@test -n "$${DATABASE_URL:-}" || { echo 'Ορίστε DATABASE_URL (και DIDASKALEIO_SECRET_KEY), ή τρέξτε make demo.' >&2; exit 1; }
	@exec $(BIN)/granian --interface wsgi --no-ws --host 127.0.0.1 --port '$(PORT)' didaskaleio.site.wsgi:application

test: install chromium ## run all tests (PYTEST="-k words" to choose); journeys need chromium
	@trap '$(BIN)/python -m didaskaleio.site.postgres stop var/test' EXIT; \
	command -v chromium >/dev/null || echo 'Δεν υπάρχει chromium: οι διαδρομές στον φυλλομετρητή παραλείπονται ονομαστικά.'; \
	run() { $(BIN)/pytest -n $(JOBS) "$$@" || [ $$? = 5 ]; }; \
	run -m "not journey" --dist loadgroup $(PYTEST) && run -m journey --dist loadfile $(PYTEST)

chromium:
	@.ci/packages chromium

check: install ## lint, types, import contracts, templates, migrations
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/djlint --quiet --lint src
	@$(BIN)/djangofmt --quiet --check src
	@$(BIN)/didaskaleio manage makemigrations --check --dry-run
	@echo 'make check: εντάξει'

check-deploy: install ## the files under deploy, each by its own linter
	@.ci/packages nginx-light systemd
	@deploy/check

fmt: install ## format the code
	@$(BIN)/ruff check --fix --exit-zero --quiet .
	@$(BIN)/ruff format .
	@$(BIN)/djangofmt --quiet src

bench: install ## run the benchmarks (NAME=draw for one, NAME=phase_b=2000 for a quick look)
	@$(BIN)/python -m benchmarks $(NAME)

docs: install ## write the generated reference pages under docs/reference
	@$(BIN)/didaskaleio manage make_reference
