"""The site as it runs in production, in processes of its own, on the database of the test.

For what a test client cannot show: requests that really come in at the same time.
"""

import re
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from html import unescape
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.urls import reverse

from tests import factories
from tests.other_processes import environment

WORKERS = 3
# In seconds: a machine that runs other tests too is slow to start.
START = 60


@contextmanager
def serve(folder, application="napmonitor.wsgi:application"):
    """Run gunicorn on what the database of the test holds now; yields the address.

    On SQLite, what the server writes is seen through it alone: see other_processes.py.
    """
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", application, "--workers", str(WORKERS)]
    with open(folder / "server.log", "wb") as log:
        process = subprocess.Popen(
            [*command, "--bind", f"127.0.0.1:{port}"],
            cwd=settings.BASE_DIR,
            env=environment(folder),
            stdout=log,
            stderr=log,
        )
    try:
        _wait_for(port, process, folder / "server.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def _free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def _wait_for(port, process, log):
    end = time.monotonic() + START
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"The server did not start:\n{log.read_text()}")


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


class Person:
    """Somebody with a browser of their own, who has signed in through the form."""

    def __init__(self, site, user):
        self.site = site
        self.open = build_opener(HTTPCookieProcessor(CookieJar()), _NoRedirect).open
        form = self.get(reverse("admin:login"))
        status, _page = self.post(
            reverse("admin:login"),
            {
                "csrfmiddlewaretoken": hidden(form, "csrfmiddlewaretoken"),
                "username": user.username,
                "password": factories.PASSWORD,
            },
        )
        if status != 302:
            raise RuntimeError("Signing in failed.")

    def get(self, path):
        with self.open(self.site + path, timeout=60) as response:
            return response.read().decode()

    def post(self, path, values):
        """The status of the answer, and its page."""
        request = Request(self.site + path, urlencode(values).encode())  # noqa: S310
        try:
            with self.open(request, timeout=60) as response:
                return response.status, response.read().decode()
        except HTTPError as answer:
            return answer.code, answer.read().decode()


def hidden(page, name):
    """The value of a hidden field of a page."""
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', page).group()
    return unescape(re.search(r'value="([^"]*)"', tag).group(1))


def text_in(page, name):
    """What stands in the text area of a page."""
    area = re.search(rf'<textarea[^>]*name="{name}"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    return unescape(area.group(1)).strip()
