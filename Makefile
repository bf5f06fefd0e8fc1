# Each target does all the set-up it needs: a fresh Debian or Ubuntu with python3, git and make suffices.
VGAN := .venv/bin/vgan

.PHONY: demo test setup lint models translations screenshots clean

demo: setup  ## make a short film by code, edit it, render it with a GAN effect
	$(VGAN) demo -o demo

test: setup  ## all tests
	.venv/bin/python -m pytest

setup: $(VGAN)  ## .venv with everything in it

$(VGAN): pyproject.toml uv.lock .ci/setup
	sh .ci/setup
	@touch $(VGAN)

lint: setup  ## style, types and floors
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

translations: setup  ## what the window says, gathered for translators, and as the window reads it
	.venv/bin/pyside6-lupdate -no-obsolete -locations none vgan_studio/ui/*.py vgan_studio/service/*.py \
		-ts resources/translations/vgan_studio_zh_CN.ts
	.venv/bin/pyside6-lrelease resources/translations/vgan_studio_zh_CN.ts -qm resources/translations/vgan_studio_zh_CN.qm

screenshots: setup  ## three pictures of the window with the demo film, for README.md; ALL=FOLDER: every layout, to be looked at
	.venv/bin/python -m tests.screenshots $(if $(ALL),$(ALL) --all,resources/readme)

DATA ?= ../shared/data
OUT ?= runs/models
models: setup  ## train the shipped models anew by the commands on their cards: all of them, or NAME="upscale-x2 denoise"
	.venv/bin/python -m vgan_studio.gan.remake $(NAME) --data $(DATA) -o $(OUT)

clean:
	rm -rf .venv .uv demo
