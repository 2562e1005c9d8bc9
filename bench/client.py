"""The client: asks for pages over open connections, and takes the time of each in turn."""

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


def interleave(variants, requests, *, warm_up=WARM_UP, in_a_row=1):
    """The seconds that each `get` takes, by variant, in the order in which they were made.

    The variants take turns, always in the same order, of so many requests in a row: the first of a
    turn finds a server that was asleep, and the caches of the processor filled by the others.
    """
    for variant in list(variants.values()) * min(warm_up, requests):
        variant.get()
    seconds = {name: [] for name in variants}
    # The client's own pauses are no part of what is measured.
    gc.disable()
    try:
        for done in range(0, requests, in_a_row):
            for name, variant in variants.items():
                for _ in range(min(in_a_row, requests - done)):
                    start = perf_counter()
                    variant.get()
                    seconds[name].append(perf_counter() - start)
    finally:
        gc.enable()
    return seconds
