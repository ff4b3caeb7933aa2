# Two commands: `make run` and `make test`. Everything else is a part of them.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run setup dev test check

# Sets up what is missing, then runs the product until Ctrl-C.
run: setup
	@exec $(BIN)/frontdoor up

setup:
	@$(PYTHON) api/bootstrap.py

dev:
	@$(PYTHON) api/bootstrap.py --dev

# The bot's own tests run in its own Python; the rest in ours, against the real bot. Encoder and model are made once.
TESTED := $(CURDIR)/.pytest_cache/frontdoor
test: dev
	FRONTDOOR_DATA_DIR=$(TESTED) $(BIN)/frontdoor train
	FRONTDOOR_ENCODER_FOLDER=$(TESTED)/encoder bot/.venv/bin/python -m pytest -c bot/pytest.ini tests/bot
	FRONTDOOR_TEST_CACHE=$(TESTED) $(BIN)/python -m pytest

check: dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
