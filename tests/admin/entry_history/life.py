"""Writes the life of an entry, and reads the page that tells it."""

import re

from django.db import connection

from actions import services

LAST_YEAR = "<p>Het wetsvoorstel ligt bij de Raad van State.</p>"
THIS_YEAR = "<p>Het wetsvoorstel ligt bij de Tweede Kamer.</p>"
HOSTILE = '<p onclick="alert(1)">Tekst<script>alert(2)</script><img src=x onerror=alert(3)></p>'


def save(entry, by, *, status=None, explanation=THIS_YEAR):
    entry.refresh_from_db()
    content = services.Content(status or entry.status, explanation)
    return services.save_entry(entry=entry, version=entry.version, content=content, by=by)


def move(entry, move, by, *, remark="", explanation=None):
    entry.refresh_from_db()
    content = explanation and services.Content(entry.status, explanation)
    return services.move_entry(
        entry=entry, version=entry.version, move=move, by=by, content=content, remark=remark
    )


def reword(point, by, **values):
    for name, value in values.items():
        setattr(point, name, value)
    point._history_user, point._change_reason = by, "Volgens de Kamerbrief"
    point.save()


def write_past_every_path(entry, explanation):
    """Straight into the table of what was kept, as no path of ours would."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE actions_historicalstatusentry SET explanation = %s WHERE id = %s",
            [explanation, entry.pk],
        )


def years(page):
    return [chapter.year.year for chapter in page.context["chapters"]]


def events(page, year=2025):
    [chapter] = [each for each in page.context["chapters"] if each.year.year == year]
    return chapter.events


def said(page, year=2025):
    return [event.said for event in events(page, year)]


def changes(event):
    return {change.label: (change.old, change.new) for change in event.changes}


def words(page):
    """What a page says, with [-what was removed-] and {+what was added+}, and no other markup."""
    html = page.content.decode()
    for tag, before, after in (("del", "[-", "-]"), ("ins", "{+", "+}")):
        hidden = r'<span class="visually-hidden"[^>]*>[^<]*</span>'
        html = re.sub(rf"<{tag}>{hidden}(.*?){hidden}</{tag}>", rf"{before}\1{after}", html)
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())
