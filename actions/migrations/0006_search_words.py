from django.db import migrations, models


def find_words(apps, _schema_editor):
    """Of what was published before. The words are made as they are when an entry is published."""
    from actions.models.published import searched_texts
    from actions.search import words_of

    for entry in apps.get_model('actions', 'PublishedEntry').objects.iterator(chunk_size=500):
        entry.search_words = words_of(searched_texts(entry))
        entry.save(update_fields=['search_words'])


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0005_english_titles'),
    ]

    operations = [
        migrations.AddField(
            model_name='publishedentry',
            name='search_words',
            field=models.TextField(default='', editable=False, verbose_name='words that it is found by'),
            preserve_default=False,
        ),
        migrations.RunPython(find_words, migrations.RunPython.noop, elidable=True),
    ]
