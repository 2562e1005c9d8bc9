"""SQLite knows the capitals of ASCII only: Ë and ë differ. Here it learns the others."""

import re
from functools import lru_cache


def on_connection(connection, **_signal):
    """Receives connection_created."""
    if connection.vendor == "sqlite":
        teach_capitals(connection.connection)


def teach_capitals(database):
    """Replace, in a connection of sqlite3, the functions that know few capitals."""
    for name, arguments, function in (("like", 2, like), ("like", 3, like), ("lower", 1, lower)):
        database.create_function(name, arguments, function, deterministic=True)


def lower(text):
    return text if text is None else str(text).lower()


def like(pattern, text, escape=""):
    """The operator LIKE, of which the pattern is the first argument."""
    if pattern is None or text is None:
        return None
    return _matcher(str(pattern), escape)(str(text).casefold()) is not None


@lru_cache
def _matcher(pattern, escape):
    wildcards = {"%": ".*", "_": "."}
    expression, characters = "", iter(pattern.casefold())
    for character in characters:
        if character == escape:
            expression += re.escape(next(characters, ""))
        else:
            expression += wildcards.get(character) or re.escape(character)
    return re.compile(expression, re.DOTALL).fullmatch
