"""Queries whose SQL is made once.

To make the SQL of a query takes Django several times as long as it takes the database to answer it
with some dozens of rows. Where a page that must be quick always asks the same of other rows, the
SQL is made at the first time. No data is kept: the database is asked at every call.
"""

from django.db import DEFAULT_DB_ALIAS, connections

# Stand for the numbers while the SQL is made. They fit the smallest field of numbers, or else
# Django would know the answer to be nothing.
_PLACES = range(31_987, 31_992)


class PreparedQuery:
    """A queryset of values (from `values_list`) that depends on nothing but some numbers.

    `build` makes it from them; to call this with them gives its rows as the database has them:
    numbers and texts, not dates or other types that Django would convert.
    """

    def __init__(self, build):
        self._build = build
        self._made = {}

    def __call__(self, *numbers):
        connection = connections[DEFAULT_DB_ALIAS]
        if (made := self._made.get(connection.vendor)) is None:
            made = self._made[connection.vendor] = self._make(len(numbers))
        sql, parameters = made
        with connection.cursor() as cursor:
            cursor.execute(sql, [each if at is None else numbers[at] for each, at in parameters])
            return cursor.fetchall()

    def _make(self, count):
        places = {place: at for at, place in enumerate(_PLACES[:count])}
        sql, parameters = self._build(*places).query.sql_with_params()
        if not places.keys() <= set(parameters):
            raise ValueError("Every number must be a parameter of the query.")
        return sql, [(each, places.get(each)) for each in parameters]
