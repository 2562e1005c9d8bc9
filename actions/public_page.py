"""Public pages are the same for everyone, and change only when something public does.

One query tells the version of what is public. A page is kept under its version, and whoever has it
already gets an empty answer (304). So nothing has to be thrown away when a report is published: the
next page is kept under another version. What pages are made from can be kept in the same way
(`kept_with`).

Pages go out compressed. They hold nothing secret, so that their size gives nothing away either.
"""

import re
from collections.abc import Callable
from datetime import datetime
from functools import cache, wraps
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache as kept
from django.db.models import Count, Max, Value
from django.http import HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_etags
from django.utils.text import compress_string
from django.views.decorators.http import require_safe

from actions.models import (
    Organisation,
    Pillar,
    Plan,
    ReportingRound,
    Status,
    Succession,
    Theme,
)
from actions.prepared import PreparedQuery

# In seconds: how long a browser or a proxy shows a page before it asks whether it still stands.
FRESH = 60

# What tells that something public has changed: the history of these, or what is chosen of it.
# Entries become public with their round, and what is done to a round in between is not public; the
# others are read as they are now.
_PUBLIC = {
    ReportingRound: {"stage": ReportingRound.Stage.PUBLISHED},
    **{model: {} for model in (Plan, Pillar, Theme, Organisation, Succession, Status)},
}


def public_page(view: Callable) -> Callable:
    """A page or a file to read, for everyone: not made again until something public has changed.

    The view may depend on nothing but the address, the language, what is public, and the day.
    """

    @require_safe
    @wraps(view)
    def answer(request, *args, **kwargs):
        if settings.DEBUG:
            # Whoever works on a page wants to see it as it is in the editor.
            return view(request, *args, **kwargs)
        request.public_changes = _changes()
        encoding = _encoding(request)
        version = _version(request, encoding)
        response = unchanged(request, version)
        if response is None:
            if page := kept.get(version):
                content, headers = page
                return HttpResponse(content, headers=headers)
            response = view(request, *args, **kwargs)
        if response.status_code in (200, 304):
            response["ETag"] = f'"{version}"'
            response["Cache-Control"] = f"public, max-age={FRESH}"
            if published := _published_at(request.public_changes):
                response["Last-Modified"] = http_date(published.timestamp())
            patch_vary_headers(response, ["Accept-Encoding"])
        if response.status_code == 200 and not response.streaming:
            _finish(request, response, encoding, version)
        return response

    return answer


def unchanged(request, version: str) -> HttpResponseNotModified | None:
    """The empty answer for who has this very version, and so has seen that the page exists."""
    held = parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))
    # A proxy that compresses a page marks its version as weak.
    return HttpResponseNotModified() if {f'"{version}"', f'W/"{version}"'} & set(held) else None


def _finish(request, response: HttpResponse, encoding: str, version: str):
    """Compresses a page that was made, and keeps it if its address asks nothing.

    What can be asked has no end, and would drive out the pages that many ask for. What is streamed
    is too large to keep.
    """
    if encoding:
        response.content = compress_string(response.content)
        response["Content-Encoding"] = encoding
    if not request.META.get("QUERY_STRING"):
        kept.set(version, (response.content, dict(response.headers)), timeout=None)


def kept_with(request, name: str, make: Callable):
    """What `make` gives, made once while nothing public changes; it may depend on nothing else."""
    if settings.DEBUG:
        return make()
    key = f"{_hash(request.public_changes, _set_up())}:{name}"
    if (found := kept.get(key)) is None:
        kept.set(key, found := make(), timeout=None)
    return found


# As in the header, with what may be said about it: "gzip;q=0" is a refusal.
_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))", re.IGNORECASE)


def _encoding(request) -> str:
    """How the page goes over the wire to this browser; empty for as it is."""
    return "gzip" if _GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")) else ""


def _version(request, encoding: str) -> str:
    """Names a page as it is now, byte for byte. English pages have addresses of their own."""
    address = (request.scheme, request.get_host(), request.get_full_path())
    return _hash(address, encoding, timezone.localdate(), request.public_changes, _set_up())


def _hash(*parts) -> str:
    return sha256(repr(parts).encode()).hexdigest()[:32]


@PreparedQuery
def _changes():
    """How many changes there are of each kind, by its place, and when the last was made.

    Both, since a change can become visible after one that was made later. The rounds come first.
    """
    first, *others = (
        model.history.filter(**chosen)
        .order_by()
        .values(place=Value(place))
        .annotate(changes=Count("pk"), last=Max("history_date"))
        .values_list("place", "changes", "last")
        for place, (model, chosen) in enumerate(_PUBLIC.items())
    )
    return first.union(*others, all=True)


def published_at() -> datetime | None:
    """When something was last published, as every public page says of itself. One query."""
    return _published_at(_changes())


def _published_at(changes: list[tuple]) -> datetime | None:
    """When something was last published: when names changed otherwise is nobody's business."""
    [last] = [last for place, _number, last in changes if place == 0] or [None]
    return last


# What pages say of who answers for the site.
_SHOWN = ("ORGANISATION", "CONTACT_EMAIL", "ACCESSIBILITY_REGISTER_URL", "LOG_DAYS")


def _set_up() -> str:
    """Names the code that runs, and the settings that show: a page can be another after either."""
    return f"{_code()} {[getattr(settings, name) for name in _SHOWN]}"


@cache
def _code() -> str:
    code = sha256()
    for folder in ("actions", "reports", "napmonitor", "templates", "locale", "static"):
        for file in sorted((settings.BASE_DIR / folder).rglob("*")):
            if file.is_file() and file.suffix != ".pyc":
                code.update(file.read_bytes())
    return code.hexdigest()
