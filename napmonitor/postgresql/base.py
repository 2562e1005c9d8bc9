"""Django's PostgreSQL, but a connection of the pool that the server has ended is not used again.

After a restart of the database each would give an error, on whatever page came first. To ask the
server whether it still answers would take a good part of the time of a kept page. But it says
farewell where it ends a connection, and whether something has come in is known at once.
"""

from select import POLLIN, poll

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params):
        connection = super().get_new_connection(conn_params)
        # At the most all of the pool have ended.
        for _ in range(self.pool.max_size if self.pool else 0):
            if not _has_something_come_in(connection):
                break
            connection.close()
            # The pool makes a new one in its place.
            self.pool.putconn(connection)
            connection = super().get_new_connection(conn_params)
        return connection


def _has_something_come_in(connection) -> bool:
    waiting = poll()
    waiting.register(connection.fileno(), POLLIN)
    return bool(waiting.poll(0))
