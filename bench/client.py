"""The client: asks for pages in turn over open connections, and takes the time of each."""

import gc
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from time import perf_counter

START_SECONDS = 60
WARM_UP = 5


class BenchError(Exception):
    """Something that makes measuring pointless, as a sentence for people."""


class Connection:
    """One connection with a server, which stays open."""

    def __init__(self, port):
        self._http = HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._http.close()

    def get(self, address):
        """The body of a page."""
        try:
            self._http.request("GET", address)
            response = self._http.getresponse()
            body = response.read()
        except (OSError, HTTPException) as error:
            raise BenchError(f"{address} got no answer: {error!r}") from error
        if response.status != 200:
            raise BenchError(f"{address} answered {response.status}")
        return body


@dataclass(frozen=True, slots=True)
class Page:
    connection: Connection
    address: str

    def get(self):
        return self.connection.get(self.address)

    def seconds(self):
        start = perf_counter()
        self.get()
        return perf_counter() - start


def interleave(variants, requests):
    """The seconds of each request, by variant, in the order in which they were made.

    The variants take turns, always in the same order: were it turned round every other time, the
    first and the last would come twice in a row, and find the processor's caches warm.
    """
    for page in list(variants.values()) * min(WARM_UP, requests):
        page.get()
    seconds = {name: [] for name in variants}
    # The client's own pauses are no part of a page.
    gc.disable()
    try:
        for _ in range(requests):
            for name, page in variants.items():
                seconds[name].append(page.seconds())
    finally:
        gc.enable()
    return seconds
