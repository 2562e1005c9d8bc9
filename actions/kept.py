"""Text on its way to an entry when the session had ended: kept, and brought back after signing in.

It waits in the session of the browser it came from, and only for the page it was typed on. Nothing
is written to the entry before the person has seen it and saves it themselves.
"""

from functools import wraps

from django.http import QueryDict
from django.shortcuts import redirect
from django.utils import timezone

_KEY = "kept_text"
# In seconds. Whoever comes back later starts from what the entry says then.
_FOR = 24 * 60 * 60


def keep(request):
    """Keep what this request posts, for the page it posts to."""
    fields = {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
    request.session[_KEY] = {
        "path": request.path,
        "at": timezone.now().timestamp(),
        "fields": fields,
    }


def kept_for(request) -> QueryDict | None:
    """What was kept for this page, as if it were posted now. None where there is nothing."""
    kept = request.session.get(_KEY)
    if not kept or kept["path"] != request.path:
        return None
    if timezone.now().timestamp() - kept["at"] > _FOR:
        return None
    data = QueryDict(mutable=True)
    data.update(kept["fields"])
    return data


def forget(request):
    """What was kept has found its place."""
    request.session.pop(_KEY, None)


def keeps_text(view):
    """Marks a view of the admin to which people post what they typed."""
    view.keeps_text = True
    return view


def keeping(view, *, is_signed_in):
    """A view of the admin that keeps what is posted to it by someone who is not signed in."""

    @wraps(view)
    def kept(request, *args, **kwargs):
        if request.method == "POST" and not is_signed_in(request):
            keep(request)
        return view(request, *args, **kwargs)

    return kept


def csrf_failure(request, reason=""):
    """A form from before signing in anew has an old token: its text is kept, and shown to check.

    Only for a request that this site's own page sent, so that no other site can leave a text here.
    """
    ours = f"{request.scheme}://{request.get_host()}"
    match = request.resolver_match
    if request.headers.get("Origin") == ours and match and hasattr(match.func, "keeps_text"):
        keep(request)
        return redirect(request.path)
    from django.views.csrf import csrf_failure as stock

    return stock(request, reason=reason)
