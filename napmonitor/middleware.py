"""The language of an answer, and that it sets no cookie which nobody asked for."""

from django.contrib.sessions.middleware import SessionMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils import translation


class LanguageOfTheAddress(LocaleMiddleware):
    """Django's, for a site on which the address alone decides the language.

    Django also says that an answer varies by the language that the browser asks for, where the
    address names none. On this site that is Dutch, whoever asks, so a shared cache needs no more
    than one copy of it.
    """

    def process_response(self, request, response):
        response.headers.setdefault("Content-Language", translation.get_language())
        return response


class SessionThatWasUsed(SessionMiddleware):
    """Django's, but an answer for which nobody looked at the session says nothing of it.

    Django takes away a cookie that cannot be that of a session, on whatever page it comes with: a
    page that shared caches keep would set a cookie, and vary by those of its visitors.
    """

    def process_response(self, request, response):
        return super().process_response(request, response) if request.session.accessed else response


def token_when_asked_for(get_response):
    """A cookie that cannot be a token of forms gives way to a new one where a form asks for that.

    Django would replace it at once, on whatever page it comes with. This stands after Django's own.
    """

    def answer(request):
        request.META.pop("CSRF_COOKIE_NEEDS_UPDATE", None)
        return get_response(request)

    return answer
