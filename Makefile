# make conform [API=k] [BACKEND=cntk,theano] [PROFILE=core] [RUNTIME=auto|docker|venv] [MODULE_PATH=dir] [JOBS=n] [OPTIONS=-v]
# The harness keeps itself installed in .venv/; journals go to results/.

API ?=
BACKEND ?=
PROFILE ?= core
RUNTIME ?= auto
MODULE_PATH ?=
JOBS ?=
OPTIONS ?=
# A folder for each API: a matrix is of one.
RESULTS ?= results$(if $(filter-out k,$(API)),/$(API))

comma := ,
VENV := .venv
CONFORM := $(VENV)/bin/conform
UV := $(VENV)/bin/uv

.DEFAULT_GOAL := help
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--custom-compile-command 'make lock'

.PHONY: lock help conform images images-gpu base-images matrix site screenshots test soak mutants audit sbom lint folders bench docs clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/bin/python:
	@python=$$(sh scripts/host-python.sh) && "$$python" -m venv $(VENV)

# uv, once there, resolves and installs in a second what takes pip ten.
# Every package by its hash (`make lock`).
INSTALL := $(UV) pip install --quiet --compile-bytecode --python $(VENV)/bin/python

$(VENV)/.installed: pyproject.toml $(wildcard requirements/*.txt) | $(VENV)/bin/python
	@echo "Installing the harness in $(VENV)/." >&2
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/uv.txt
	@$(INSTALL) --require-hashes -r requirements/harness.txt
	@$(INSTALL) --no-deps --build-constraints requirements/build.txt --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@$(INSTALL) --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/.installed-soak: pyproject.toml $(VENV)/.installed-dev
	@$(UV) pip install --quiet --compile-bytecode --python $(VENV)/bin/python --editable '.[soak]'
	@touch $@

conform: $(VENV)/.installed ## run the suite on BACKEND (default set without it) and print the matrix
	@$(CONFORM) run $(BACKEND) $(if $(API),--api $(API)) --profile $(PROFILE) --runtime $(RUNTIME) --out $(RESULTS) $(if $(JOBS),--jobs $(JOBS)) $(if $(MODULE_PATH),--path $(MODULE_PATH)) $(OPTIONS)

images: $(VENV)/.installed ## build the images (or, with RUNTIME=venv, the environments) of BACKEND
	@$(CONFORM) build $(BACKEND) $(if $(API),--api $(API)) --profile $(PROFILE) --runtime $(if $(filter auto,$(RUNTIME)),docker,$(RUNTIME))

images-gpu: $(VENV)/.installed ## build the images of the GPU backends, which needs no GPU
	@$(CONFORM) build $(patsubst dockerfiles/%/backend.toml,%,$(wildcard dockerfiles/*-gpu/backend.toml)) --runtime docker

base-images: ## stand-ins for the public base images, on a Debian host that reaches no registry
	@sh scripts/base-images.sh

matrix: $(VENV)/.installed ## merge the journals in results/ and show the matrix
	@$(CONFORM) merge $(RESULTS) --out $(RESULTS)/matrix.json; status=$$?; \
	if [ $$status -ne 2 ]; then $(CONFORM) report $(RESULTS)/matrix.json --format terminal $(OPTIONS) || exit $$?; fi; exit $$status

site: $(VENV)/.installed ## the site of the journals in results/, in results/site/
	@$(CONFORM) report $(RESULTS) $(if $(wildcard $(RESULTS)/ops/*.jsonl),$(RESULTS)/ops) --format html --out $(RESULTS)/site --history $(RESULTS)/history --keep

screenshots: $(VENV)/.installed-dev ## the pictures of the site in docs/images/, from the journals in results/
	@$(VENV)/bin/python scripts/screenshots.py $(RESULTS)

test: $(VENV)/.installed-dev ## the tests of the harness; those marked docker run where a daemon answers
	@$(VENV)/bin/python -m pytest

soak: $(VENV)/.installed-soak ## every attack, every fault a hundred times, and the fuzzer; the tables of docs/reliability.md
	@$(VENV)/bin/python -m pytest -q tests/attacks
	@$(VENV)/bin/python scripts/soak.py --write
	@$(VENV)/bin/python scripts/fuzz.py --write

mutants: $(VENV)/.installed-dev ## small faults in the backends of Keras, and which the suite notices; the table of docs/trust.md
	@$(VENV)/bin/python scripts/mutants.py --write $(subst $(comma), ,$(BACKEND))

audit: $(VENV)/.installed-dev ## known vulnerabilities of what the harness is installed with (asks the package index)
	@mkdir -p $(RESULTS)
	@$(UV) pip freeze --exclude-editable --python $(VENV)/bin/python > $(RESULTS)/installed.txt
	@$(UV) tool run pip-audit --progress-spinner off --strict --no-deps --requirement $(RESULTS)/installed.txt

lock: $(VENV)/.installed ## the hashed requirements of the harness in requirements/, after a change of pyproject.toml
	@$(COMPILE) pyproject.toml --output-file requirements/harness.txt
	@$(COMPILE) pyproject.toml --extra dev --output-file requirements/dev.txt
	@echo uv | $(COMPILE) - --constraint requirements/harness.txt --output-file requirements/uv.txt
	@echo 'hatchling>=1.24' | $(COMPILE) - --output-file requirements/build.txt

sbom: $(VENV)/.installed ## software bills of materials (CycloneDX) of the harness and of every backend, in results/sbom/
	@mkdir -p $(RESULTS)/sbom
	@$(UV) tool run --from cyclonedx-bom cyclonedx-py environment --pyproject pyproject.toml --output-reproducible -o $(RESULTS)/sbom/harness.cdx.json $(VENV)/bin/python
	@for backend in $(dir $(wildcard dockerfiles/*/requirements.txt)); do name=$$(basename $$backend); \
	$(UV) tool run --from cyclonedx-bom cyclonedx-py requirements --output-reproducible -o $(RESULTS)/sbom/$$name.cdx.json $${backend}requirements.txt || exit $$?; done
	@ls $(RESULTS)/sbom

lint: $(VENV)/.installed-dev ## ruff, mypy, and whether `make folders` would change anything
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/python scripts/folders.py --check

folders: $(VENV)/.installed ## rewrite the generated parts of dockerfiles/ and docker-compose.yml
	@$(VENV)/bin/python scripts/folders.py

bench: $(VENV)/.installed-dev ## speed of merge and reports, and of the suite against Keras' own tests of API
	@$(VENV)/bin/python scripts/merging.py
	@$(VENV)/bin/python scripts/bench.py $(if $(API),--api $(API)) $(subst $(comma), ,$(BACKEND))

docs: $(VENV)/.installed-dev ## rewrite what is generated in README.md and docs/
	@$(VENV)/bin/python scripts/docs.py

clean: ## remove what the targets above made here (backend environments stay in the user's cache)
	rm -rf $(VENV) $(RESULTS) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
