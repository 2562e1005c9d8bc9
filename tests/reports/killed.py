"""A command that is killed at a moment: `python -m tests.reports.killed FUNCTION TIME COMMAND …`.

The process ends, as if the machine had lost its power, where FUNCTION (such as
"reports.writers.pdf.write") would be called for the TIME-th time. Commands are those of manage.py.
"""

import os
import signal
import sys
from pkgutil import resolve_name
from unittest.mock import patch

import django


def main(function, time, *command):
    django.setup()
    from django.core.management import execute_from_command_line

    before_it = iter(range(1, int(time)))
    really = resolve_name(function)

    def call_or_die(*args, **kwargs):
        if next(before_it, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return really(*args, **kwargs)

    with patch(function, call_or_die):
        execute_from_command_line(["manage.py", *command])


if __name__ == "__main__":
    main(*sys.argv[1:])
