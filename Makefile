# Two commands are all it takes: `make run` for the site, `make test` for the tests.
#
# A target does its work only when the files it is made from have changed, so that the second run
# starts at once and needs no network. The virtual environment is rebuilt when the Python changes.

# The first supported Python on the PATH; `make run PYTHON=/path/to/python3.13` chooses another.
SUPPORTED := 3.11 3.12 3.13 3.14
MINOR := -c 'import sys; print("%d.%d" % sys.version_info[:2])'
ifndef PYTHON
PYTHON := $(shell for name in python3 $(SUPPORTED:%=python%); do \
	case " $(SUPPORTED) " in (*" $$($$name $(MINOR) 2>/dev/null) "*) echo $$name; break;; esac; done)
endif
VERSION := $(filter $(SUPPORTED),$(if $(PYTHON),$(shell $(PYTHON) $(MINOR))))

PORT ?= 8000
BIN := .venv/bin
# Not one byte is installed that the lock file has no hash of.
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement
# The environment's own npm, if it has one, must find its Node.js too.
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))
ASSETS := static/build/site.css
FONTS := reports/typst/fonts/FiraSans_400Regular.ttf
BUILT := $(ASSETS) $(FONTS) $(CATALOGUES)
# `check --deploy` judges the settings of production, whatever .env says.
PRODUCTION := DEBUG=0 ALLOWED_HOSTS=nap.example SITE_URL=https://nap.example \
	DATABASE_URL=sqlite://:memory: SECRET_KEY=no-secret-since-only-the-checks-of-the-deployment-see-it-0123456789

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run install setup test check fix messages lock bench

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/.run .env $(BUILT) ## the site with the real plan on http://127.0.0.1:8000 (PORT=… for another port)
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py prepare_local
	@$(BIN)/python manage.py runserver 127.0.0.1:$(PORT)

install: .venv/.run $(BUILT) ## what a server needs: no test tools, and no .env

setup: .venv/.dev .env $(BUILT) ## everything that a developer needs, without starting anything

test: .venv/.dev $(BUILT) ## the tests (ARGS="-k table" for some of them, DATABASE_URL=… for PostgreSQL)
	@$(BIN)/python -m pytest -n auto $(ARGS)

check: .venv/.dev ## format, lint, templates, missing migrations, deployment settings
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djlint --lint --quiet templates
	$(PRODUCTION) $(BIN)/python manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

fix: .venv/.dev ## mend what the formatter and the linter can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: .venv/.dev ## bring the translation catalogues up to date with the source (needs GNU gettext)
	@command -v xgettext >/dev/null || { echo "make messages needs GNU gettext; install the package gettext of your system first." >&2; exit 1; }
	$(PRODUCTION) $(BIN)/python manage.py makemessages --locale nl \
		--add-location file --no-obsolete --ignore .venv --ignore node_modules --ignore tests
	@# A date that changes with every run would turn each merge into a conflict.
	@for po in locale/*/LC_MESSAGES/django.po; do grep -v '^"POT-Creation-Date' $$po >$$po.new && mv $$po.new $$po; done
	@$(MAKE) --no-print-directory setup

LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header $(if $(UPGRADE),--upgrade)
lock: .venv/.dev .venv/.npm ## write the lock files from pyproject.toml and package.json (UPGRADE=1 for newer versions)
	$(LOCK) pyproject.toml --output-file requirements.txt
	$(LOCK) pyproject.toml --group dev --constraint requirements.txt --output-file requirements-dev.txt
	$(LOCK) --group node --output-file requirements-node.txt
	$(NPM) $(if $(UPGRADE),update,install) --package-lock-only

bench: .venv/.dev $(BUILT) ## measure pages and files against their yardsticks (REPORT=… for the published text of 2024)
	@$(BIN)/python -m bench


# --- What the targets above are made of --------------------------------------

# Named after the Python, so that another one starts afresh instead of being ignored.
.venv/.python-$(VERSION):
	$(if $(VERSION),,$(error None of Python $(SUPPORTED) was found; `make PYTHON=/path/to/python3` names one))
	@echo "Creating .venv with Python $(VERSION) …"
	@$(PYTHON) -m venv --clear .venv
	@touch $@

.venv/.run: requirements.txt .venv/.python-$(VERSION)
	@echo "Installing the packages of $< …"
	@$(INSTALL) $<
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.python-$(VERSION)
	@echo "Installing the packages of $< …"
	@$(INSTALL) $<
	@touch $@

.venv/.npm: requirements-node.txt .venv/.python-$(VERSION)
	@command -v npm >/dev/null || { echo "Installing npm from a Python package …"; $(INSTALL) $<; }
	@touch $@

# npm's own record of what it installed.
node_modules/.package-lock.json: package-lock.json | .venv/.npm
	@echo "Installing the packages of $< …"
	@$(NPM) ci --silent
	@touch $@

$(ASSETS): package.json node_modules/.package-lock.json $(shell find assets -type f 2>/dev/null)
	@$(NPM) run --silent build
	@touch $@

$(FONTS): package.json node_modules/.package-lock.json
	@$(NPM) run --silent fonts
	@touch $@

# Every target that wants these names the virtual environment before them.
%.mo: %.po
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

.env: | .venv/.python-$(VERSION)
	@echo "Writing .env with a secret key of its own …"
	@umask 077 && $(BIN)/python -c 'import secrets; print("DEBUG=1\nSECRET_KEY=" + secrets.token_urlsafe(50))' >$@
