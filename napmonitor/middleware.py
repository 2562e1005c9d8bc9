"""The language of an answer."""

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
