# Every command prepares what it needs; the second time that costs nothing. `make help` lists them.

PYTHON ?= python3
VENV   := .venv
READY  := $(VENV)/ready
BUILD  := build
SHELL  := bash
PORT   ?= 8000
WORKERS ?= 2
DEMO_SERVE ?= 1
BENCH_SIZES ?= 1000000,3000000,10000000
BENCH_FOLDER ?= $(BUILD)

export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)

.DEFAULT_GOAL := help
.PHONY: help setup demo test proof check format bench bench-database bench-security validate lock clean

help: ## List these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(firstword $(MAKEFILE_LIST)) | column -t -s '|' 2>/dev/null \
	  || sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1: \2/p' $(firstword $(MAKEFILE_LIST))

setup: $(READY) ## Prepare .venv and the system packages

$(READY): requirements/dev.lock pyproject.toml tools/setup.sh
	@PYTHON="$(PYTHON)" bash tools/setup.sh $(VENV)

demo: $(READY) ## Build the example store and serve it on this machine (PORT=8000; DEMO_SERVE=0 only builds)
	shopwright build examples/eyewear/store --out $(BUILD)/demo --site-url http://127.0.0.1:$(PORT)
ifneq ($(DEMO_SERVE),0)
	shopwright serve $(BUILD)/demo --port $(PORT)
endif

test: $(READY) ## Run the tests with branch coverage (at most 25 minutes on 2 cores)
	pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder -m "not proof" --cov --cov-report=term:skip-covered

proof: $(READY) ## Run the long tests; their results stay in build/proof
	@mkdir -p $(BUILD)/proof
	set -o pipefail; pytest -m proof --hypothesis-show-statistics --junitxml=$(BUILD)/proof/results.xml \
	  -o junit_family=xunit2 -rA --durations=0 | tee $(BUILD)/proof/log.txt

check: $(READY) ## Format, lint, types and import contracts
	ruff format --check .
	ruff check .
	mypy
	lint-imports

format: $(READY) ## Put every file into the one format and mend what the linter can
	ruff format .
	ruff check --fix .

bench: $(READY) ## Measure builds of 1,000 and 10,000 products; results stay in build/bench
	python -m benchmarks.run
	python -m benchmarks.rendering
	python -m benchmarks.gate
	python -m benchmarks.tenants
	python -m benchmarks.encryption

bench-database: $(READY) ## Measure the database at 1, 3 and 10 million products (20 minutes, 15 GB; BENCH_FOLDER, BENCH_SIZES)
	@mkdir -p $(BUILD)/bench
	python -m benchmarks.database.run --sizes $(BENCH_SIZES) --folder $(BENCH_FOLDER) --results $(BUILD)/bench

bench-security: $(READY) ## Attack the templates: denial of service, injection, random templates
	python -m benchmarks.security

validate: $(READY) ## Run the check of every requirement and score them
	@mkdir -p $(BUILD)/validate
	shopwright validate --full --json $(BUILD)/validate/report.json

lock: ## Resolve the dependencies anew into requirements/*.lock (needs uv)
	uv pip compile pyproject.toml --group dev --group build --universal --generate-hashes --upgrade --quiet \
	  --no-emit-index-url --no-header --no-annotate --output-file requirements/dev.lock
	uv pip compile pyproject.toml --extra telemetry --group build --universal --generate-hashes --quiet \
	  --constraint requirements/dev.lock --no-emit-index-url --no-header --no-annotate --output-file requirements/service.lock

clean: ## Remove what was built; .venv stays
	rm -rf $(BUILD) dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
