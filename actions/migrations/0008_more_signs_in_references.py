from importlib import import_module

from django.db import migrations

earlier = import_module('actions.migrations.0007_cite_and_find_anew')


class Migration(migrations.Migration):
    """More spellings are recognised: with Word's hyphen that ends no line, before a superscript."""

    dependencies = [
        ('actions', '0007_cite_and_find_anew'),
    ]

    operations = [
        migrations.RunPython(
            earlier.cite_and_find_anew, migrations.RunPython.noop, elidable=True
        ),
    ]
