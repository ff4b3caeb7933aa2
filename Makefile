# Two commands: `make run` and `make test`. Everything else is a part of them.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run setup dev test check

run: setup
	@exec $(BIN)/frontdoor up

setup:
	@$(PYTHON) api/bootstrap.py

dev:
	@$(PYTHON) api/bootstrap.py --dev

test: dev
	$(BIN)/frontdoor train
	$(BIN)/python -m pytest

check: dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
