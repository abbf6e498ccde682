# `make demo` and `make test` set up everything they need; `make bench` wants the folder ../shared.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PEERS := .venv-peers
PEERS_STAMP := $(PEERS)/.installed
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.PHONY: demo test bench peers check lock clean

$(STAMP): requirements.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

# The peers that `make bench` runs beside onrecord stand in an environment of their own.
$(PEERS_STAMP): benchmarks/peers-requirements.txt
	test -x $(PEERS)/bin/python || $(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	touch $@

demo: $(STAMP)
	$(BIN)/onrecord demo

check: $(STAMP)
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports

test: $(STAMP) check
	$(BIN)/python -m pytest

peers: $(PEERS_STAMP)

bench: $(STAMP)
	@$(MAKE) --no-print-directory peers || echo "The peers could not be set up; the benchmarks go on without them." >&2
	$(BIN)/python benchmarks/run.py

lock:
	$(LOCK) --extra dev -o requirements.txt pyproject.toml build-requirements.in
	$(LOCK) -c requirements.txt -o benchmarks/peers-requirements.txt benchmarks/peers.in

clean:
	rm -rf $(VENV) $(PEERS) demo-output
