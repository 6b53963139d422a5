# Two commands: `make demo` and `make test`. Needs Python 3.11 with venv and pip; pip alone installs.
PY   ?= python3
VENV ?= .venv
BIN  := $(VENV)/bin
PIP  := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo test check bench lock

demo: $(VENV)/.run
	@$(BIN)/hiringkit demo $(ARGS)

test: $(VENV)/.dev
	@$(BIN)/python -m tests.browser
	$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

# No network once $(VENV) is there.
check: $(VENV)/.dev
	$(BIN)/python -m tests.house.lock --check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint --lint --quiet templates

# `make bench ARGS="--rounds 1000"` measures longer.
bench: $(VENV)/.dev
	@$(BIN)/python -m tests.bench $(ARGS)

# `make lock ARGS=--upgrade` takes the newest versions; without it only what pyproject.toml changed moves.
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links --group build pyproject.toml $(ARGS)
lock: $(VENV)/.dev
	$(PIP) 'uv>=0.13,<0.14'
	$(COMPILE) -o requirements/run.txt
	$(COMPILE) --group dev --extra postgres -c requirements/run.txt -o requirements/dev.txt
	$(BIN)/python -m tests.house.lock --write

$(BIN)/python:
	@command -v $(PY) >/dev/null || { \
		echo "hiringkit needs Python 3.11 or newer, and there is no $(PY) here (Debian, Ubuntu: apt install python3-venv)."; \
		exit 1; }
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "hiringkit needs Python 3.11 or newer; $(PY) is older. Name another one: make PY=python3.12 $(MAKECMDGOALS)"; \
		exit 1; }
	@$(PY) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PY) cannot make virtual environments. Install python3-venv (Debian, Ubuntu: apt install python3-venv)."; \
		exit 1; }
	@echo "Making $(VENV) ..."
	@$(PY) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

# pip cannot check the hash of this project itself, so it comes second and brings nothing along.
$(VENV)/.run: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "Installing what hiringkit needs ..."
	@$(PIP) --require-hashes -r requirements/run.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt pyproject.toml | $(BIN)/python
	@echo "Installing what hiringkit and its tests need ..."
	@$(PIP) --require-hashes -r requirements/dev.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.run
