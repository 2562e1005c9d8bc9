"""Queries whose SQL is made once.

To make the SQL of a query takes Django several times as long as it takes the database to answer it
with some dozens of rows. Where a page that must be quick always asks the same of other rows, the
SQL is made at the first time. No data is kept: the database is asked at every call.
"""

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression


class Place(Expression):
    """Stands for a value while the SQL is made: the parameter is the place itself."""

    def __init__(self, at):
        super().__init__()
        self.at = at

    def as_sql(self, compiler, connection):
        return "%s", [self]


class PreparedQuery:
    """A queryset of values (from `values_list`) that depends on nothing but some numbers or texts.

    `build` makes it from them; to call this with them gives its rows.
    """

    def __init__(self, build):
        self._build = build
        self._made = {}

    def __call__(self, *values):
        connection = connections[DEFAULT_DB_ALIAS]
        if (made := self._made.get(connection.vendor)) is None:
            made = self._made[connection.vendor] = self._make(len(values))
        query, sql, parameters, converters = made
        with connection.cursor() as cursor:
            cursor.execute(
                sql, [values[each.at] if isinstance(each, Place) else each for each in parameters]
            )
            rows = cursor.fetchall()
        if not converters:
            return rows
        compiler = query.get_compiler(connection=connection)
        return list(map(tuple, compiler.apply_converters(rows, converters)))

    def _make(self, number):
        query = self._build(*map(Place, range(number))).query
        compiler = query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        if {each.at for each in parameters if isinstance(each, Place)} != set(range(number)):
            raise ValueError("Every value must be a parameter of the query.")
        # Of columns that a database does not keep as Python does, such as moments in SQLite.
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        return query, sql, parameters, converters
