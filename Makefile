# Everything starts here, with nothing installed but Python 3.11-3.13 (with venv) and make.
#   make report     the yearly report: latest year with a figure; YEAR=2021 DATA=data/example choose
#   make test       all checks
#   make explorer   the explorer in a browser, on this machine only; DATA=data/example chooses
#   make lab        JupyterLab on the notebooks
#   make notebooks  run the notebooks again and store their outputs
#   make lock       resolve requirements.lock anew (the only target that needs uv)

PYTHON ?= python3
DATA ?= data/raw
YEAR ?=
OPTIONS ?=
PAGE ?= build/jelajah.ipynb
FOLDER ?= notebooks
BIN := .venv/bin
SOURCES := iku_analysis scripts tests benchmarks notebooks

# Where JupyterLab and Voila find their settings and the page's template: jupyter/. Their kernels start warm.
JUPYTER := JUPYTER_CONFIG_PATH="$(CURDIR)/jupyter" JUPYTER_PATH="$(CURDIR)/jupyter" \
  JUPYTER_DEFAULT_PROVISIONER_NAME="iku-warm"

.PHONY: report test explorer lab notebooks lock

report: .venv/ready
	@$(BIN)/iku report $(YEAR) --data $(DATA)

test: .venv/ready
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/pytest --nbval --nbval-current-env --cov=iku_analysis tests notebooks

# The notebook of the explorer, with DATA in its parameters.
explorer: .venv/ready
	@mkdir -p $(dir $(PAGE))
	@$(BIN)/papermill notebooks/05_explorer.ipynb $(PAGE) -p data $(DATA) --prepare-only --log-level ERROR
	@$(JUPYTER) $(BIN)/voila $(PAGE) $(OPTIONS)

# Started in its folder, because jupyter-scheduler puts a job's files where its server was started.
lab: .venv/ready
	cd "$(FOLDER)" && $(JUPYTER) "$(abspath $(BIN))/jupyter" lab $(OPTIONS)

notebooks: .venv/ready
	$(BIN)/python scripts/store_notebooks.py

# The extras stay in the lock: with hashes, pip takes no package[extra] that is not pinned as such.
lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-strip-extras --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet --output-file requirements.lock

# The environment is made anew whenever the lock or the project's needs have changed.
.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
	  { echo "Perlu Python 3.11, 3.12 atau 3.13. Misalnya: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 2; }
	@echo "Menyiapkan .venv dari requirements.lock (sekali saja, satu-dua menit) ..."
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@$(BIN)/python -c 'import matplotlib.font_manager'  # builds the font list now, not in the first notebook
	@touch $@
