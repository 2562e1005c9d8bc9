"""Public pages are the same for everyone, and change only when something public does.

One query tells the version of what is public. A page is kept under its version, and whoever has it
already gets an empty answer (304). So nothing has to be thrown away when a report is published: the
next page is kept under another version.
"""

from collections.abc import Callable
from datetime import UTC
from functools import cache, wraps
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache as kept
from django.db.models import Count, DateTimeField, Max, Value
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
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

# Entries become public with their round; the others are read as they are now. Of each the history
# tells whether anything has changed.
_PUBLIC = (ReportingRound, Plan, Pillar, Theme, Organisation, Succession, Status)


def public_page(view: Callable) -> Callable:
    """A page to read, for everyone: not rendered again until something public has changed.

    The view may depend on nothing but the address, the language, what is public, and the day.
    """

    @require_safe
    @wraps(view)
    def answer(request, *args, **kwargs):
        if settings.DEBUG:
            # Whoever works on a page wants to see it as it is in the editor.
            return view(request, *args, **kwargs)
        changes = _changes()
        version = _version(request.build_absolute_uri(), changes)
        # The version alone decides: within a second, or by an update, a page can change too.
        response = get_conditional_response(request, etag=(etag := f'"{version}"'))
        if response is None:
            if page := kept.get(version):
                content, content_type = page
                response = HttpResponse(content, content_type=content_type)
            else:
                response = view(request, *args, **kwargs)
                if response.status_code != 200:
                    return response
                page = response.content, response["Content-Type"]
                kept.set(version, page, timeout=None)
        response["ETag"] = etag
        if modified := _last_change(changes):
            response["Last-Modified"] = http_date(modified)
        response["Cache-Control"] = f"public, max-age={FRESH}"
        return response

    return answer


def _version(address: str, changes: list[tuple]) -> str:
    """Names a page as it is now. English pages have addresses of their own."""
    parts = (address, timezone.localdate(), changes, _code())
    return sha256(repr(parts).encode()).hexdigest()[:32]


@PreparedQuery
def _changes():
    """How many changes there are of each, and when the last was made.

    Both, since a change can become visible after one that was made later.
    """
    first, *others = (
        model.history.model.objects.order_by()
        .values(all=Value(1))
        .annotate(changes=Count("pk"), last=Max("history_date"))
        .values_list("changes", "last")
        for model in _PUBLIC
    )
    return first.union(*others, all=True)


def _last_change(changes: list[tuple]) -> int | None:
    """When something public last changed, in seconds since 1970."""
    moments = [DateTimeField().to_python(last) for _number, last in changes if last]
    # SQLite has moments as text, in UTC.
    return max(
        (int((each if each.tzinfo else each.replace(tzinfo=UTC)).timestamp()) for each in moments),
        default=None,
    )


@cache
def _code() -> str:
    """Names the code that runs: a page can look otherwise after an update."""
    code = sha256()
    for folder in ("actions", "reports", "napmonitor", "templates", "locale", "static"):
        for file in sorted((settings.BASE_DIR / folder).rglob("*")):
            if file.suffix in (".py", ".html", ".mo", ".css", ".json"):
                code.update(file.read_bytes())
    return code.hexdigest()
