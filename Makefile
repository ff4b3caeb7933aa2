# Two commands: `make run` and `make test`. Everything else is a part of them.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run setup dev test check docs pictures bench chaos load

# Sets up what is missing, then runs the product until Ctrl-C.
run: setup
	@exec $(BIN)/frontdoor up

setup:
	@$(PYTHON) api/bootstrap.py

dev:
	@$(PYTHON) api/bootstrap.py --dev

# The bot's own tests run in its own Python; the rest in ours, against the real bot. Encoder and model are made once.
# Files of tests run side by side, since journeys mostly wait; what measures or races the clock runs after them, alone.
WORKERS ?= 2
TESTED := $(CURDIR)/.pytest_cache/frontdoor
test: dev
	FRONTDOOR_DATA_DIR=$(TESTED) $(BIN)/frontdoor train --even-if-worse
	FRONTDOOR_ENCODER_FOLDER=$(TESTED)/encoder bot/.venv/bin/python -m pytest -c bot/pytest.ini tests/bot
	FRONTDOOR_TEST_CACHE=$(TESTED) $(BIN)/python -m pytest -m "not alone" -n $(WORKERS) --dist loadfile
	FRONTDOOR_TEST_CACHE=$(TESTED) $(BIN)/python -m pytest -m alone

# Takes the README's and the desk's pictures anew, from the running product.
PICTURED := $(addprefix tests/journeys/test_,pictures.py desk.py frustration.py nobody_free.py)
pictures: dev
	FRONTDOOR_PICTURES=1 FRONTDOOR_TEST_CACHE=$(TESTED) $(BIN)/python -m pytest -q $(PICTURED)

# Frontdoor beside a plain Rasa bot on this machine, and search at growing sizes: docs/benchmarks.md. BENCH=--quick hurries.
bench: dev
	$(BIN)/python -m tests.bench $(BENCH)
	$(BIN)/python -m tests.bench.search $(BENCH)

# Kills parts of two replicas while customers write, and looks for every message: docs/reliability.md.
chaos: dev
	FRONTDOOR_TEST_CACHE=$(TESTED) $(BIN)/python -m tests.chaos $(CHAOS)

# Draws into the documents what is drawn from the code.
docs: dev
	$(BIN)/python -m handoff.drawing docs/ownership.md
	$(BIN)/python -m handoff.packet.drawing docs/packet.md docs/packet.schema.json

# Steady streams of messages on one process and on replicas, and what customers waited: docs/benchmarks.md.
load: dev
	$(BIN)/python -m tests.load $(LOAD)

check: dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
