"""Text that was on its way when the session had ended: kept, and brought back after signing in.

It waits in the session of the browser it came from, for the page it was typed on and for the person
who typed it. Nothing is written before that person has seen it and saves it themselves.

A page joins in when its view is marked with `keeps_text`, its form carries the field `PERSON`, and
it shows what `kept_for` gives under the notice `admin/_kept.html`. Saved text it `forget`s.
"""

from functools import wraps

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import QueryDict
from django.shortcuts import redirect
from django.utils import timezone

# The hidden field of a form that says, by primary key, who had it before them.
PERSON = "person"
# The name of the button that throws away what was kept.
DISCARD = "discard_kept"
# In seconds. Whoever comes back later starts from what the entry says then.
FOR = 24 * 60 * 60
# Of one text, in characters: more than a form accepts, so that a text comes back to be shortened.
LARGEST = 60_000
# As many pages as somebody may have open. Of more, the oldest text goes.
MOST = 10

_KEY = "kept_texts"


def keeps_text(*fields):
    """Marks a view of the admin to which people post what they typed, in these fields."""

    def mark(view):
        view.keeps_text = fields
        return view

    return mark


def kept_for(request) -> QueryDict | None:
    """What was kept for this page and this person, as if it were posted now, or None."""
    kept = _texts(request).get(request.path)
    if kept is None or kept["fields"].get(PERSON) != str(request.user.pk):
        return None
    data = QueryDict(mutable=True)
    data.update(kept["fields"])
    return data


def forget(request):
    """What was kept for this page has found its place, or is thrown away."""
    texts = _texts(request)
    if texts.pop(request.path, None):
        request.session[_KEY] = texts


def keeping(view, *, fields, is_signed_in):
    """A view of the admin that keeps what is posted to it by someone who is not signed in."""

    @wraps(view)
    def kept(request, *args, **kwargs):
        if request.method == "POST":
            if not is_signed_in(request):
                _keep(request, fields)
            elif DISCARD in request.POST:
                forget(request)
                return redirect(request.path)
        return view(request, *args, **kwargs)

    return kept


def csrf_failure(request, reason=""):
    """A form from before signing in anew has an old token: its text is kept, and shown to check.

    Only for a request that this site's own page sent, so that no other site can leave a text here.
    """
    ours = f"{request.scheme}://{request.get_host()}"
    match = request.resolver_match
    if request.headers.get("Origin") == ours and match and hasattr(match.func, "keeps_text"):
        _keep(request, match.func.keeps_text)
        return redirect(request.path)
    from django.views.csrf import csrf_failure as stock

    return stock(request, reason=reason)


def _keep(request, fields):
    names = [name for name in (PERSON, *fields) if name in request.POST]
    posted = {name: request.POST[name] for name in names}
    if not request.POST.get(PERSON) or sum(map(len, posted.values())) > LARGEST:
        return
    texts = _texts(request)
    # Anew at the end: the first is the oldest.
    texts.pop(request.path, None)
    texts[request.path] = {"at": timezone.now().timestamp(), "fields": posted}
    request.session[_KEY] = dict(list(texts.items())[-MOST:])
    if not request.user.is_authenticated:
        # Anyone can post here: what nobody comes back for is not to stay.
        request.session.set_expiry(FOR)


def _texts(request) -> dict:
    """The texts that wait in this browser and are not too old, by the path of their page."""
    oldest = timezone.now().timestamp() - FOR
    texts = request.session.get(_KEY, {})
    return {path: kept for path, kept in texts.items() if kept["at"] >= oldest}


@receiver(user_logged_in)
def _last_as_long_as_any(request, **_signal):
    """The session that a text waited in is now that of somebody who signed in."""
    request.session.set_expiry(None)
