from django.db import migrations


def cite_and_find_anew(apps, _schema_editor):
    """What was published before cites what is recognised now, and is found by these words.

    Both are made as they are when an entry is published.
    """
    from actions.models.published import searched_texts
    from actions.references_in_text import cited_in
    from actions.richtext.html import parse
    from actions.search import words_of

    Citation = apps.get_model('actions', 'Citation')
    entries = apps.get_model('actions', 'PublishedEntry').objects
    entries = entries.prefetch_related('responsibilities__organisation')
    for entry in entries.iterator(chunk_size=500):
        Citation.objects.filter(entry=entry).delete()
        Citation.objects.bulk_create(
            Citation(entry=entry, kind=each.kind, number=each.number, position=position)
            for position, each in enumerate(cited_in(parse(entry.explanation)), 1)
        )
        organisations = [each.organisation for each in entry.responsibilities.all()]
        entry.search_words = words_of(searched_texts(entry, organisations))
        entry.save(update_fields=['search_words'])


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0006_search_words'),
    ]

    operations = [
        migrations.RunPython(cite_and_find_anew, migrations.RunPython.noop, elidable=True),
    ]
