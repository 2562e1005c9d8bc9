import actions.richtext.fields
import django.db.models.deletion
from django.db import migrations, models


def close_published_rounds(apps, _schema_editor):
    """A round is published together with an edition of its report; none has one yet.

    `manage.py publish_report` makes it, and makes the round public again.
    """
    rounds = apps.get_model("actions", "ReportingRound").objects
    rounds.filter(stage="published").update(stage="closed")


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0002_the_yearly_round'),
    ]

    operations = [
        migrations.CreateModel(
            name='Citation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('paper', 'Parliamentary papers'), ('document', 'Documents of the House of Representatives'), ('journal', 'Official publications'), ('act', 'European Union legislation')], max_length=20, verbose_name='kind')),
                ('number', models.CharField(max_length=40, verbose_name='number')),
                ('position', models.PositiveIntegerField(help_text='In the reading order of the explanation.', verbose_name='position')),
            ],
            options={
                'verbose_name': 'cited paper',
                'verbose_name_plural': 'cited papers',
                'ordering': ['entry', 'position'],
            },
        ),
        migrations.CreateModel(
            name='PublishedEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.TextField(editable=False, verbose_name='action point, as worded')),
                ('goal', models.TextField(blank=True, editable=False, verbose_name='goal')),
                ('responsibility', models.TextField(blank=True, editable=False, verbose_name='responsibility, as worded')),
                ('timeline', models.TextField(blank=True, editable=False, verbose_name='timeline, as worded')),
                ('start_date', models.DateField(blank=True, editable=False, null=True, verbose_name='start date')),
                ('end_date', models.DateField(blank=True, editable=False, null=True, verbose_name='end date')),
                ('explanation', actions.richtext.fields.RichTextField(blank=True, verbose_name='explanation')),
                ('explanation_text', actions.richtext.fields.PlainTextField(source='explanation', verbose_name='explanation without markup')),
            ],
            options={
                'verbose_name': 'published entry',
                'verbose_name_plural': 'published entries',
                'ordering': ['round', 'action_point'],
            },
        ),
        migrations.AddField(
            model_name='historicalreportinground',
            name='edition',
            field=models.PositiveSmallIntegerField(default=0, editable=False, help_text='How many times its report has been published.', verbose_name='edition'),
        ),
        migrations.AddField(
            model_name='historicalreportinground',
            name='published_reference_date',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='reference date, as published'),
        ),
        migrations.AddField(
            model_name='historicalreportinground',
            name='published_title',
            field=models.CharField(blank=True, editable=False, max_length=200, verbose_name='title of the report, as published'),
        ),
        migrations.AddField(
            model_name='reportinground',
            name='edition',
            field=models.PositiveSmallIntegerField(default=0, editable=False, help_text='How many times its report has been published.', verbose_name='edition'),
        ),
        migrations.AddField(
            model_name='reportinground',
            name='published_reference_date',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='reference date, as published'),
        ),
        migrations.AddField(
            model_name='reportinground',
            name='published_title',
            field=models.CharField(blank=True, editable=False, max_length=200, verbose_name='title of the report, as published'),
        ),
        migrations.RunPython(close_published_rounds, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='reportinground',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'published'), _negated=True), ('edition__gte', 1), _connector='OR'), name='round_published_has_edition', violation_error_message='A published round has an edition of its report.'),
        ),
        migrations.AddField(
            model_name='publishedentry',
            name='action_point',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='published_entries', to='actions.actionpoint', verbose_name='action point'),
        ),
        migrations.AddField(
            model_name='publishedentry',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='published_entries', to='actions.reportinground', verbose_name='reporting round'),
        ),
        migrations.AddField(
            model_name='publishedentry',
            name='status',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='published_entries', to='actions.status', verbose_name='state of play'),
        ),
        migrations.AddField(
            model_name='citation',
            name='entry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='citations', to='actions.publishedentry', verbose_name='entry'),
        ),
        migrations.AddConstraint(
            model_name='publishedentry',
            constraint=models.UniqueConstraint(fields=('round', 'action_point'), name='published_entry_unique_in_round', violation_error_message='This round already has a published entry for this point.'),
        ),
        migrations.AddConstraint(
            model_name='citation',
            constraint=models.UniqueConstraint(fields=('entry', 'kind', 'number'), name='citation_once_in_entry', violation_error_message='This entry already cites this paper.'),
        ),
    ]
