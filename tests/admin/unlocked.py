"""The site with a part of its lock taken out, to see that the test of the lock finds it."""

import time
from unittest.mock import ANY

# The site is set up by this import, and the others need it set up.
from napmonitor.wsgi import application as site  # isort: skip

from actions import services
from actions.models import StatusEntry

_save_entry, _move_entry = services.save_entry, services.move_entry


def without_versions(environ, start_response):
    """Whatever version the person read, it is taken for the newest."""
    services.save_entry = _whatever_was_read(_save_entry)
    services.move_entry = _whatever_was_read(_move_entry)
    return site(environ, start_response)


def without_row_locks(environ, start_response):
    """Two may read the version before either writes, and there is time for it."""
    services.entries._locked_entry = _read_without_a_lock
    return site(environ, start_response)


def _whatever_was_read(write):
    def write_over(*, version, **values):
        return write(version=ANY, **values)

    return write_over


def _read_without_a_lock(entry):
    found = StatusEntry.objects.get(pk=entry.pk)
    time.sleep(0.05)
    return found
