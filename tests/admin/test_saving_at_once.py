"""Two people who write the same entry at the same moment, through real HTTP to real processes.

Whether they save or submit, one of them wins, every time; the other gets a page with their own
text. The same tests on a site without the lock must fail, or they would show nothing.
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests import factories
from tests.admin.pages import change
from tests.admin.server import Person, hidden, serve, text_in

pytestmark = pytest.mark.django_db(transaction=True)

# The buttons that the two press, and how often they do.
SAVES = ("", "")
PAIRS = {SAVES: 100, ("", "submit"): 20, ("submit", "submit"): 20}


@pytest.fixture
def two_editors(ministry):
    return [factories.editor(member_of=ministry, username=name) for name in ("een", "ander")]


def values_of(page, entry, text, move):
    """What a browser sends of the form of an entry with this text, for a button."""
    return {
        "csrfmiddlewaretoken": hidden(page, "csrfmiddlewaretoken"),
        "version": hidden(page, "version"),
        "status": entry.status_id,
        "explanation": text,
        **({"move": move} if move else {}),
    }


def post_at_once(people, moves, entry, nth):
    """All read the page and post a text of their own at the same moment."""
    together = Barrier(len(people))

    def post(person, text, move):
        values = values_of(person.get(change(entry)), entry, text, move)
        together.wait(timeout=60)
        return person.post(change(entry), values)

    texts = [f"<p>Tekst {nth} van nummer {number}.</p>" for number, _ in enumerate(people)]
    with ThreadPoolExecutor(len(people)) as pool:
        answers = list(pool.map(post, people, texts, moves))
    return list(zip(texts, moves, answers, strict=True))


def expect_that_one_wins(site, users, coordinator, entry, moves):
    people, onlooker = [Person(site, user) for user in users], Person(site, coordinator)
    first, written = int(hidden(onlooker.get(change(entry)), "version")), 0
    for nth in range(PAIRS[moves]):
        outcomes = post_at_once(people, moves, entry, nth)
        statuses = sorted(status for _text, _move, (status, _page) in outcomes)
        assert statuses == [302, 409], f"pair {nth}"
        [(won, made)] = [(text, move) for text, move, (status, _) in outcomes if status == 302]
        [(lost, page)] = [(text, page) for text, _move, (status, page) in outcomes if status == 409]
        assert text_in(page, "explanation") == lost
        saved = onlooker.get(change(entry))
        assert text_in(saved, "explanation") == won
        written += 1
        if made:
            # For the next pair: the coordinator takes the submission back.
            taken_back = values_of(saved, entry, won, "withdraw")
            assert onlooker.post(change(entry), taken_back)[0] == 302
            written += 1
    assert int(hidden(onlooker.get(change(entry)), "version")) - first == written


@pytest.mark.parametrize("moves", PAIRS, ids=str)
def test_of_two_who_write_at_once_one_wins_and_the_other_keeps_their_text(
    moves, tmp_path, two_editors, coordinator, entry
):
    with serve(tmp_path) as site:
        expect_that_one_wins(site, two_editors, coordinator, entry, moves)


WITHOUT = ["tests.admin.unlocked:without_versions"]
if connection.vendor == "postgresql":
    # On SQLite the transaction itself is the lock: one writes at a time.
    WITHOUT.append("tests.admin.unlocked:without_row_locks")


@pytest.mark.parametrize("moves", PAIRS, ids=str)
@pytest.mark.parametrize("application", WITHOUT)
def test_the_test_above_fails_without_the_lock(
    application, moves, tmp_path, two_editors, coordinator, entry
):
    with serve(tmp_path, application) as site, pytest.raises(AssertionError, match="pair"):
        expect_that_one_wins(site, two_editors, coordinator, entry, moves)
