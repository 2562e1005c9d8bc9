from django.db import migrations


def find_words(apps, _schema_editor):
    """Of what was published before. The words are made as they are when an entry is published."""
    from actions.models.published import searched_texts
    from actions.search import words_of

    entries = apps.get_model('actions', 'PublishedEntry').objects
    entries = entries.prefetch_related('responsibilities__organisation')
    for entry in entries.iterator(chunk_size=500):
        organisations = [each.organisation for each in entry.responsibilities.all()]
        entry.search_words = words_of(searched_texts(entry, organisations))
        entry.save(update_fields=['search_words'])


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0006_search_words'),
    ]

    operations = [
        migrations.RunPython(find_words, migrations.RunPython.noop, elidable=True),
    ]
