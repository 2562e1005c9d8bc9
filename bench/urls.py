"""The addresses of the site, and of the peers that its table is measured against."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

from bench import peers
from napmonitor.urls import urlpatterns as site

urlpatterns = [
    # With a language, as the pages of the site, so that the middleware does the same work.
    *i18n_patterns(
        path("bench/stock/<slug:plan>/", peers.StockList.as_view()),
        path("bench/same-bytes<path:address>", peers.same_bytes),
        prefix_default_language=False,
    ),
    *site,
]
