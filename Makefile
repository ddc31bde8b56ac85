PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test lint typecheck unit browser bench clean

run: .venv/run.stamp
	@echo "The app opens in your browser, usually at http://localhost:8501. Ctrl+C stops it."
	$(BIN)/streamlit run app.py --server.headless=false --logger.hideWelcomeMessage=true

test: lint typecheck unit browser

lint: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

typecheck: .venv/dev.stamp
	$(BIN)/mypy

unit: .venv/dev.stamp
	$(BIN)/python -m pytest -n 2 --ignore=tests/browser

browser: .venv/dev.stamp
	$(BIN)/python -m pytest tests/browser --reruns 2

bench: .venv/dev.stamp
	$(BIN)/python -m benchmarks

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run.stamp: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet -r requirements.txt
	touch $@

.venv/dev.stamp: requirements-dev.txt requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet -r requirements-dev.txt
	touch $@ .venv/run.stamp

clean:
	rm -rf .venv
