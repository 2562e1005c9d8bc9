import django.db.models.deletion
from django.db import migrations, models


def copy_what_is_public(apps, _schema_editor):
    """Let each published entry keep the responsibilities that its pages show until now."""
    held = {}
    for each in apps.get_model("actions", "Responsibility").objects.order_by("pk"):
        held.setdefault(each.action_point_id, []).append(each)
    entries = apps.get_model("actions", "PublishedEntry").objects.select_related("round")
    rows = dict.fromkeys(
        (entry.pk, each.organisation_id, each.role)
        for entry in entries.only("action_point", "round__year")
        for each in held.get(entry.action_point_id, ())
        if each.first_year <= entry.round.year <= (each.last_year or entry.round.year)
    )
    copies = apps.get_model("actions", "PublishedResponsibility")
    copies.objects.bulk_create(
        copies(entry_id=entry, organisation_id=organisation, role=role)
        for entry, organisation, role in rows
    )


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0003_publication'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublishedResponsibility',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('coordinating', 'coordinating'), ('responsible', 'responsible'), ('executing', 'executing, commissioned'), ('involved', 'involved')], max_length=20, verbose_name='role')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='responsibilities', to='actions.publishedentry', verbose_name='entry')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='published_responsibilities', to='actions.organisation', verbose_name='organisation')),
            ],
            options={
                'verbose_name': 'published responsibility',
                'verbose_name_plural': 'published responsibilities',
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('entry', 'organisation', 'role'), name='published_responsibility_unique', violation_error_message='This responsibility is already published.')],
            },
        ),
        migrations.RunPython(copy_what_is_public, migrations.RunPython.noop),
    ]
