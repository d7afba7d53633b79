# Each of these sets up what it needs first; all are safe to repeat.
.PHONY: environment run test chat bench train doctor lock
PYTHON = .venv/bin/python
WELLBEING = .venv/bin/wellbeing
# Python keeps what it has compiled, whatever the shell's settings: Rasa and TensorFlow are some five thousand modules, and
# every process that starts without them compiled spends ten seconds and more on it.
export PYTHONDONTWRITEBYTECODE =
# The tests run in two processes more than there are cores, up to six, because many of them wait for others to answer;
# tests/turns.py says which stay together and which run alone. Each computes in one thread: idle ones would spin.
# `make test BESIDE=` runs them all in one, in the order of the files.
BESIDE ?= 1
PROCESSES = $$($(PYTHON) -c "import os; print(min(6, (os.cpu_count() or 1) + 2))")
ON_EVERY_CORE = -n $(PROCESSES) --dist loadgroup --no-loadscope-reorder

environment:
	@deploy/environment.sh

run: environment
	@$(WELLBEING) run

test: environment
	@$(WELLBEING) train
	@OPENBLAS_NUM_THREADS=1 $(PYTHON) -m pytest -q $(if $(BESIDE),$(ON_EVERY_CORE)) $(ARGS)

chat: environment
	@$(WELLBEING) chat $(ARGS)

bench: environment
	@$(WELLBEING) train
	@$(PYTHON) -m benchmarks $(ARGS)

train: environment
	@$(WELLBEING) train

doctor: environment
	@$(WELLBEING) doctor

# After a change in pyproject.toml. The lock is pinned and hashed, and names no package index.
lock: environment
	@. deploy/uv.sh && find_uv && "$$UV" pip compile pyproject.toml --extra dev --python-version 3.10 \
		--generate-hashes --no-header -q -o requirements.lock
