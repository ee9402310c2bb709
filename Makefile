# Everything starts here, with nothing installed but Python 3.11-3.13 (with venv) and make.
#   make report     the yearly reports of data/raw and of the example; YEAR=2021 or DATA=data/example: that one alone
#   make check      format, lint, types, and the tests that figures are read and results computed rightly
#   make test       all checks
#   make coverage   all tests, their lines counted: no fewer than the floor in pyproject.toml
#   make docs       the documentation, into outputs/docs
#   make explorer   the explorer in a browser, on this machine only; DATA=data/example chooses
#   make lab        JupyterLab on the notebooks
#   make notebooks  run the notebooks again and store their outputs
#   make lock       resolve requirements.lock anew (the only target that needs uv)

PYTHON ?= python3
DATA ?= data/raw
YEAR ?=
OPTIONS ?=
VENV ?= .venv
BIN := $(VENV)/bin
SOURCES := iku_analysis scripts tests benchmarks notebooks docs

# What Python has compiled is kept, whatever the machine's habit: else each process that a test starts compiles it anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: report check test coverage docs explorer lab notebooks lock

report: $(VENV)/ready
ifeq ($(origin DATA) $(origin YEAR),file file)
	@$(BIN)/iku report --data data/raw & raw=$$!; $(BIN)/iku report --data data/example && wait $$raw
	@echo "Yang dari data/raw bercelah karena realisasi resmi belum ada di sana; DATA CONTOH menunjukkan yang lengkap."
else
	@$(BIN)/iku report $(YEAR) --data $(DATA)
endif

# The types are told beside the tests, and shown after them.
check: $(VENV)/ready
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	@$(BIN)/mypy > $(VENV)/types 2>&1 & types=$$!; \
	$(BIN)/pytest -m "not whole" tests; tests=$$?; wait $$types; types=$$?; \
	cat $(VENV)/types; exit $$((tests || types))

# Three workers on two cores: many tests wait for what they have started or killed.
test: $(VENV)/ready
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	@for version in 3.11 3.12 3.13; do $(BIN)/mypy --python-version $$version || exit 1; done > $(VENV)/types 2>&1 & \
	types=$$!; $(BIN)/pytest -n 3 --nbval --nbval-current-env tests notebooks; tests=$$?; wait $$types; types=$$?; \
	cat $(VENV)/types; exit $$((tests || types))

coverage: $(VENV)/ready
	$(BIN)/pytest --nbval --nbval-current-env --cov=iku_analysis tests notebooks

docs: $(VENV)/ready
	$(BIN)/sphinx-build --fail-on-warning --quiet docs outputs/docs
	@echo "outputs/docs/index.html"

explorer: $(VENV)/ready
	@$(BIN)/iku explorer --data $(DATA) $(OPTIONS)

lab: $(VENV)/ready
	@$(BIN)/iku lab $(OPTIONS)

notebooks: $(VENV)/ready
	$(BIN)/python scripts/store_notebooks.py

# The extras stay in the lock: with hashes, pip takes no package[extra] that is not pinned as such.
lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-strip-extras --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet --output-file requirements.lock

# The environment is made anew whenever the lock or the project's needs have changed.
$(VENV)/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
	  { echo "Perlu Python 3.11, 3.12 atau 3.13. Misalnya: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 2; }
	@echo "Menyiapkan $(VENV) dari requirements.lock (sekali saja, satu-dua menit) ..."
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@$(BIN)/python -c 'import matplotlib.font_manager'  # builds the font list now, not in the first notebook
	@$(BIN)/python -m compileall -q iku_analysis  # where Python is told to write none, each start would compile it
	@touch $@
