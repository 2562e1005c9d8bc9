"""Production server processes for the time of a run."""

import socket
import subprocess
import sys
from contextlib import contextmanager

# One worker with one thread, which is the smallest that keeps a connection open between requests.
GUNICORN = ("--workers=1", "--worker-class=gthread", "--threads=1", "--keep-alive=600")
STOP_SECONDS = 10


def serving(environment):
    """Yields the port on which the site is served by a process with this environment."""
    command = [sys.executable, "-m", "gunicorn", *GUNICORN]
    command += ["--no-control-socket", "--log-level=warning", "napmonitor.wsgi"]
    return running(command, "--bind=fd://{}", environment)


@contextmanager
def running(command, listen_on, environment):
    """Yields the port of a server; `listen_on` is how it is told the number of its open socket."""
    # The server inherits a socket that listens already, so that no other process can take the port
    # and a client that comes early waits.
    with socket.create_server(("127.0.0.1", 0)) as listening:
        # As on a socket that the server opens itself; else half of a page waits for 40 ms.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        port = listening.getsockname()[1]
        process = subprocess.Popen(  # noqa: S603
            [*command, listen_on.format(listening.fileno())],
            env=environment,
            pass_fds=[listening.fileno()],
        )
    try:
        yield port
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
