bin := .venv/bin
jobs := --jobs $(shell nproc)
parallel := -n auto --maxprocesses=8 --dist=loadfile

.PHONY: help setup parity test test-oracle docs mutation campaign release-check clean

help:  ## Show the targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' $(MAKEFILE_LIST)

setup:  ## Set up .venv, Octave and the reference BLAS (done by the others where needed)
	@sh parity_tests/setup.sh

parity: setup  ## Hold the port against the reference and write reports/
	$(bin)/dltparity run

test: setup  ## Check the style and run the tests
	$(bin)/ruff check
	$(bin)/ruff format --check
	$(bin)/pytest $(parallel)

by = tests
mutation: setup  ## Measure how many small faults in the port the tests find (an hour; resumes)
	$(bin)/python -m mutation --by $(by)

test-oracle: setup  ## Verify the equations with PyTorch too (installed for the processor alone)
	$(bin)/pip install --extra-index-url https://download.pytorch.org/whl/cpu 'torch>=2.4'
	$(bin)/dltparity equations --require torch
	$(bin)/pytest -q parity_tests/harness/test_equations.py

campaign: setup  ## Measure all that reports/ holds, on this machine alone (two hours; let nothing else run)
	$(bin)/pip install -q --extra-index-url https://download.pytorch.org/whl/cpu -e '.[bench]'
	rm -rf .campaign
	-$(bin)/dltparity bench --out reports
	-$(bin)/dltparity sweep --nets 2000 --seed 4 $(jobs) --out .campaign/cnn --summary reports/sweep.json
	-$(bin)/dltparity sweep --family acnn --nets 2000 --seed 400 $(jobs) --out .campaign/acnn --summary reports/sweep-acnn.json
	-$(bin)/dltparity engines --nets 5000 $(jobs) --live 200 --summary reports/engines.json
	-for by in oracles recordings tests; do $(bin)/python -m mutation --by $$by $(jobs); done
	-$(bin)/python -m mutation.twins
	$(bin)/dltparity run --require original --blas reference
	$(bin)/python -m dltparity.release

release-check: setup  ## Name every section of reports/ that is stale, partial or not measured
	@$(bin)/python -m dltparity.release

docs: setup  ## Build the guide into docs/_build and run every code block and command in it
	$(bin)/pip install -q --disable-pip-version-check -e '.[docs]'
	$(bin)/sphinx-build -q -W --keep-going docs docs/_build
	DOCS_WHOLE=$(whole) $(bin)/pytest -q $(parallel) docs

clean:  ## Remove .venv and what the tools leave behind
	rm -rf .venv .campaign dist docs/_build docs/_made .pytest_cache .ruff_cache .hypothesis port/dltcnn/compiled/engine.so
	find port parity_tests -name __pycache__ -prune -exec rm -rf {} +
