"""Queries whose SQL is made once.

To make the SQL of a query takes Django several times as long as it takes the database to answer it
with some dozens of rows. Where a page that must be quick always asks the same of other rows, the
SQL is made at the first time. No data is kept: the database is asked at every call.
"""

from django.db import DEFAULT_DB_ALIAS, connections

# Stand for the values while the SQL is made: numbers that fit the smallest field, or else Django
# would know the answer to be nothing, and words.
_PLACES = {int: range(31_987, 31_992), str: [f"place-of-word-{at}" for at in range(5)]}


class PreparedQuery:
    """A queryset of values (from `values_list`) that depends on nothing but some numbers and words.

    `build` makes it from them; to call this with them gives its rows as the database has them:
    numbers and texts, not dates or other types that Django would convert.
    """

    def __init__(self, build):
        self._build = build
        self._made = {}

    def __call__(self, *values):
        connection = connections[DEFAULT_DB_ALIAS]
        if (made := self._made.get(connection.vendor)) is None:
            made = self._made[connection.vendor] = self._make(values)
        sql, parameters = made
        with connection.cursor() as cursor:
            cursor.execute(sql, [each if at is None else values[at] for each, at in parameters])
            return cursor.fetchall()

    def _make(self, values):
        places = {_PLACES[type(value)][at]: at for at, value in enumerate(values)}
        sql, parameters = self._build(*places).query.sql_with_params()
        if not places.keys() <= set(parameters):
            raise ValueError("Every value must be a parameter of the query.")
        return sql, [(each, places.get(each)) for each in parameters]
