"""The interface is whole in Dutch; the source strings are the English."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.template.autoreload import reset_loaders
from django.template.loader import get_template, render_to_string
from django.utils import translation

BASE_DIR = Path(__file__).resolve().parent.parent
CATALOGUE = Path("locale/nl/LC_MESSAGES/django.po")


def messages(path):
    with path.open("rb") as file:
        return {
            (message.context, message.id): message
            for message in read_po(file, locale="nl")
            if message.id
        }


def test_every_message_has_a_dutch_text_with_all_its_plural_forms():
    def is_translated(message):
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        return all(texts) and not message.fuzzy

    untranslated = [
        key for key, each in messages(BASE_DIR / CATALOGUE).items() if not is_translated(each)
    ]
    assert untranslated == []


def test_every_message_keeps_the_placeholders_of_the_source():
    problems = [
        (key, str(error))
        for key, message in messages(BASE_DIR / CATALOGUE).items()
        for error in message.check()
    ]
    assert problems == []


def test_catalogue_holds_the_strings_of_the_source_and_no_others(tmp_path):
    if not shutil.which("xgettext"):
        pytest.skip("GNU gettext is not on this machine, and without it strings are not collected")
    copy = tmp_path / "copy"
    without = shutil.ignore_patterns(".*", "node_modules", "staticfiles", "tests", "*.sqlite3*")
    shutil.copytree(BASE_DIR, copy, ignore=without)
    command = [sys.executable, "manage.py", "makemessages", "--locale", "nl", "--no-obsolete"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "napmonitor.settings"}
    subprocess.run(command, cwd=copy, env=environment, check=True, capture_output=True)
    assert messages(copy / CATALOGUE).keys() == messages(BASE_DIR / CATALOGUE).keys()


def test_page_has_the_words_of_its_language_in_whatever_order_pages_are_asked(client, db):
    pages = [client.get(address).content.decode() for address in ("/", "/en/", "/", "/en/")]

    for page, word in zip(pages, ["Toegankelijkheid", "Accessibility"] * 2, strict=True):
        assert word in page


def test_words_of_another_language_are_not_kept():
    reset_loaders()
    with translation.override("nl"):
        template = get_template("components/breadcrumbs.html")
    with translation.override("en"):
        template.render({})
    with translation.override("nl"):
        assert "Kruimelpad" in render_to_string("components/breadcrumbs.html")
