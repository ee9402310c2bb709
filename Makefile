# Everything starts here, with nothing installed but Python 3.11-3.13 (with venv) and make.
#   make report     the yearly reports of data/raw and of the example; YEAR=2021 or DATA=data/example: that one alone
#   make test       all checks
#   make explorer   the explorer in a browser, on this machine only; DATA=data/example chooses
#   make lab        JupyterLab on the notebooks
#   make notebooks  run the notebooks again and store their outputs
#   make lock       resolve requirements.lock anew (the only target that needs uv)

PYTHON ?= python3
DATA ?= data/raw
YEAR ?=
OPTIONS ?=
BIN := .venv/bin
SOURCES := iku_analysis scripts tests benchmarks notebooks

.PHONY: report test explorer lab notebooks lock

report: .venv/ready
ifeq ($(origin DATA) $(origin YEAR),file file)
	@$(BIN)/iku report --data data/raw & raw=$$!; $(BIN)/iku report --data data/example && wait $$raw
	@echo "Yang dari data/raw bercelah karena realisasi resmi belum ada di sana; DATA CONTOH menunjukkan yang lengkap."
else
	@$(BIN)/iku report $(YEAR) --data $(DATA)
endif

test: .venv/ready
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/pytest --nbval --nbval-current-env --cov=iku_analysis tests notebooks

explorer: .venv/ready
	@$(BIN)/iku explorer --data $(DATA) $(OPTIONS)

lab: .venv/ready
	@$(BIN)/iku lab $(OPTIONS)

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
