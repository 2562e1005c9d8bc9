"""Two who do something at the same moment, of whom one is the first for certain."""

import time
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, transaction

# In seconds: how long the second may need to get where it waits.
AT_MOST = 30


def meanwhile(first, second):
    """Do `first` in a transaction that is not committed before `second` waits for it, or is done.

    Returns what `second` returns. On SQLite, where whoever writes has the database for themselves
    from the start, `second` comes when `first` is done.
    """
    if connection.vendor == "sqlite":
        first()
        return second()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            answer = pool.submit(_on_its_own, second)
            _wait(answer)
        return answer.result()


def _on_its_own(act):
    try:
        return act()
    finally:
        connection.close()


def _wait(answer):
    end = time.monotonic() + AT_MOST
    while not answer.done() and not _somebody_waits() and time.monotonic() < end:
        time.sleep(0.01)


def _somebody_waits():
    """Whether another transaction waits until this one has ended."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks"
            " WHERE NOT granted AND transactionid = pg_current_xact_id()::xid)"
        )
        return cursor.fetchone()[0]
