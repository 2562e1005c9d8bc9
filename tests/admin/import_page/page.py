"""The page that reads a report back in: where it is, and what it says."""

from actions import services
from tests.admin.pages import address


def at(page):
    """The address of a page, with what it asks."""
    request = page.context["request"]
    return request.get_full_path()


def versions_on(page):
    return {each.key: each.version for each in page.context["comparison"].all_proposals}


def page_of(in_round):
    return address(in_round, "import", in_round.pk)


def entry(in_round, title):
    return in_round.entries.get(title__startswith=title)


def key(in_round, title):
    return f"entry-{entry(in_round, title).pk}"


def save(by, of_entry, explanation):
    of_entry.refresh_from_db()
    services.save_entry(
        entry=of_entry,
        version=of_entry.version,
        content=services.Content(of_entry.status, explanation),
        by=by,
    )


def said_on(page):
    return [str(message) for message in page.context["messages"]]
