"""Two people who save the same entry at the same moment, through real HTTP to real processes.

One of them wins, every time; the other gets a page with their own text. The same test on a site
without the lock must fail, or it would show nothing.
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests import factories
from tests.admin.pages import change
from tests.admin.server import Person, hidden, serve, text_in

pytestmark = pytest.mark.django_db(transaction=True)

PAIRS = 100


@pytest.fixture
def two_editors(ministry):
    return [factories.editor(member_of=ministry, username=name) for name in ("een", "ander")]


def save_at_once(people, entry, nth):
    """Both read the page and save a text of their own at the same moment."""
    together = Barrier(len(people))

    def save(person, text):
        page = person.get(change(entry))
        values = {
            "csrfmiddlewaretoken": hidden(page, "csrfmiddlewaretoken"),
            "version": hidden(page, "version"),
            "status": entry.status_id,
            "explanation": text,
        }
        together.wait(timeout=60)
        return person.post(change(entry), values)

    texts = [f"<p>Tekst {nth} van nummer {number}.</p>" for number, _ in enumerate(people)]
    with ThreadPoolExecutor(len(people)) as pool:
        answers = list(pool.map(save, people, texts))
    return list(zip(texts, answers, strict=True))


def expect_that_one_wins(site, users, entry, *, pairs):
    people = [Person(site, user) for user in users]
    first = int(hidden(people[0].get(change(entry)), "version"))
    for nth in range(pairs):
        outcomes = save_at_once(people, entry, nth)
        statuses = sorted(status for _text, (status, _page) in outcomes)
        assert statuses == [302, 409], f"pair {nth}"
        [won] = [text for text, (status, _page) in outcomes if status == 302]
        [(lost, page)] = [(text, page) for text, (status, page) in outcomes if status == 409]
        assert text_in(page, "explanation") == lost
        assert text_in(people[0].get(change(entry)), "explanation") == won
    last = int(hidden(people[0].get(change(entry)), "version"))
    assert last - first == pairs


def test_of_two_who_save_at_once_one_wins_and_the_other_keeps_their_text(
    tmp_path, two_editors, entry
):
    with serve(tmp_path) as site:
        expect_that_one_wins(site, two_editors, entry, pairs=PAIRS)


WITHOUT = ["tests.admin.unlocked:without_versions"]
if connection.vendor == "postgresql":
    # On SQLite the transaction itself is the lock: one writes at a time.
    WITHOUT.append("tests.admin.unlocked:without_row_locks")


@pytest.mark.parametrize("application", WITHOUT)
def test_the_test_above_fails_without_the_lock(application, tmp_path, two_editors, entry):
    with serve(tmp_path, application) as site, pytest.raises(AssertionError, match="pair"):
        expect_that_one_wins(site, two_editors, entry, pairs=PAIRS)
