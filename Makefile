PYTHON ?= python3
BIN := .venv/bin
NODE := node_modules/.bin

.PHONY: run test lint javascript typecheck unit browser bench site clean

run: .venv/run.stamp
	@echo "The app opens in your browser, usually at http://localhost:8501. Ctrl+C stops it."
	$(BIN)/streamlit run app.py --server.headless=false --logger.hideWelcomeMessage=true

# Linters and types need a core each; the tests take what there is.
test:
	$(MAKE) -j2 lint typecheck
	$(MAKE) unit
	$(MAKE) browser

lint: javascript .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

# Linter and types of static/. Who has no Node misses nothing but this check.
javascript:
	@if command -v npm >/dev/null; then \
	  $(MAKE) -s node_modules/stamp && $(NODE)/biome lint --error-on-warnings && $(NODE)/tsc; \
	else \
	  echo "JavaScript is not checked: Node (npm) is not installed here."; test "$(CI)" != true; \
	fi

typecheck: .venv/dev.stamp
	$(BIN)/mypy

unit: .venv/dev.stamp
	$(BIN)/python -m pytest -n 2 --ignore=tests/browser

browser: .venv/dev.stamp
	$(BIN)/python -m pytest tests/browser -n 2 --reruns 2

bench: .venv/dev.stamp
	$(BIN)/python -m benchmarks

# The pocket edition: static files that need no server of their own.
site: .venv/run.stamp
	$(BIN)/python -m pages.ui.pocket dist
	@echo "dist/ is ready: python3 -m http.server -d dist 8000 shows it at http://localhost:8000"

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run.stamp: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet -r requirements.txt
	touch $@

.venv/dev.stamp: requirements-dev.txt requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet -r requirements-dev.txt
	touch $@ .venv/run.stamp

node_modules/stamp: package.json package-lock.json
	npm ci --loglevel=error
	touch $@

clean:
	rm -rf .venv node_modules dist
