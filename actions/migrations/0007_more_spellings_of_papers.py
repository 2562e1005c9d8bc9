from django.db import migrations


def cite_anew(apps, _schema_editor):
    """Of what was published before: more spellings are recognised now, and ranges as a whole."""
    from actions.models.published import searched_texts
    from actions.references_in_text import cited_in
    from actions.richtext.html import parse
    from actions.search import words_of

    Citation = apps.get_model('actions', 'Citation')
    for entry in apps.get_model('actions', 'PublishedEntry').objects.iterator(chunk_size=500):
        Citation.objects.filter(entry=entry).delete()
        Citation.objects.bulk_create(
            Citation(entry=entry, kind=each.kind, number=each.number, position=position)
            for position, each in enumerate(cited_in(parse(entry.explanation)), 1)
        )
        entry.search_words = words_of(searched_texts(entry))
        entry.save(update_fields=['search_words'])


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0006_search_words'),
    ]

    operations = [
        migrations.RunPython(cite_anew, migrations.RunPython.noop, elidable=True),
    ]
