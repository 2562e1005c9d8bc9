"""The pages for what goes wrong: they help on, and what failed cannot make them fail too."""

from contextlib import suppress

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static

from actions.models import Plan


def not_found(request, exception):
    """A page that does not exist, with a search in the plan of its address or the current one."""
    plans = Plan.objects.published()
    slug = request.path_info.removeprefix("/en/").strip("/").partition("/")[0]
    # A NUL byte in an address is none of a database's business.
    plan = ("\0" not in slug and plans.filter(slug=slug).first()) or plans.first()
    return render(request, "404.html", {"plan": plan}, status=404)


def bad_request(request, exception):
    return _bare(request, "400.html", status=400)


def server_error(request):
    return _bare(request, "500.html", status=500)


def _bare(request, template: str, status: int) -> HttpResponse:
    """A page that asks nothing of the database, of the host or of who visits."""
    context = {"english": request.path_info.startswith("/en/"), "styles": ""}
    with suppress(ValueError):  # static files that nobody collected
        context["styles"] = static("build/site.css")
    return HttpResponse(render_to_string(template, context), status=status)
