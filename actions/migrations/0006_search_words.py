from django.db import migrations, models


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
    ]
