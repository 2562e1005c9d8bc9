import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def close_rounds_without_dates(apps, _schema_editor):
    """A round that was opened without dates is in preparation still, until it is opened anew."""
    rounds = apps.get_model("actions", "ReportingRound").objects.filter(stage="open")
    without = models.Q(reference_date=None) | models.Q(deadline=None)
    rounds.filter(without).update(stage="preparing")


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(close_rounds_without_dates, migrations.RunPython.noop),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moment', models.CharField(max_length=20, verbose_name='moment')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='at')),
            ],
            options={
                'verbose_name': 'reminder',
                'verbose_name_plural': 'reminders',
                'ordering': ['-at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='SeenFinding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('check_name', models.CharField(max_length=50, verbose_name='check')),
                ('evidence', models.CharField(max_length=200, verbose_name='found')),
                ('reason', models.TextField(verbose_name='reason')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='at')),
            ],
            options={
                'verbose_name': 'seen finding',
                'verbose_name_plural': 'seen findings',
                'ordering': ['-at', '-id'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='statusentry',
            name='entry_stage_known',
        ),
        migrations.RemoveConstraint(
            model_name='statusentry',
            name='entry_approved_has_status',
        ),
        migrations.AlterField(
            model_name='entrytransition',
            name='from_stage',
            field=models.CharField(choices=[('draft', 'draft'), ('submitted', 'submitted'), ('returned', 'returned'), ('approved', 'approved')], max_length=20, verbose_name='from'),
        ),
        migrations.AlterField(
            model_name='entrytransition',
            name='to_stage',
            field=models.CharField(choices=[('draft', 'draft'), ('submitted', 'submitted'), ('returned', 'returned'), ('approved', 'approved')], max_length=20, verbose_name='to'),
        ),
        migrations.AlterField(
            model_name='historicalreportinground',
            name='deadline',
            field=models.DateField(blank=True, help_text='The last day on which the ministries can submit in time.', null=True, verbose_name='deadline'),
        ),
        migrations.AlterField(
            model_name='historicalreportinground',
            name='stage',
            field=models.CharField(choices=[('preparing', 'in preparation'), ('open', 'open'), ('closed', 'closed'), ('published', 'published')], default='preparing', editable=False, max_length=20, verbose_name='stage'),
        ),
        migrations.AlterField(
            model_name='historicalstatusentry',
            name='stage',
            field=models.CharField(choices=[('draft', 'draft'), ('submitted', 'submitted'), ('returned', 'returned'), ('approved', 'approved')], default='draft', editable=False, max_length=20, verbose_name='stage'),
        ),
        migrations.AlterField(
            model_name='reportinground',
            name='deadline',
            field=models.DateField(blank=True, help_text='The last day on which the ministries can submit in time.', null=True, verbose_name='deadline'),
        ),
        migrations.AlterField(
            model_name='reportinground',
            name='stage',
            field=models.CharField(choices=[('preparing', 'in preparation'), ('open', 'open'), ('closed', 'closed'), ('published', 'published')], default='preparing', editable=False, max_length=20, verbose_name='stage'),
        ),
        migrations.AlterField(
            model_name='statusentry',
            name='stage',
            field=models.CharField(choices=[('draft', 'draft'), ('submitted', 'submitted'), ('returned', 'returned'), ('approved', 'approved')], default='draft', editable=False, max_length=20, verbose_name='stage'),
        ),
        migrations.AddConstraint(
            model_name='entrytransition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('to_stage', 'returned'), _negated=True), models.Q(('remark', ''), _negated=True), _connector='OR'), name='transition_return_has_remark', violation_error_message='Say in a remark why the entry is returned.'),
        ),
        migrations.AddConstraint(
            model_name='reportinground',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'open'), _negated=True), models.Q(('reference_date__isnull', False), ('deadline__isnull', False)), _connector='OR'), name='round_open_has_dates', violation_error_message='An open round has a reference date and a deadline.'),
        ),
        migrations.AddConstraint(
            model_name='statusentry',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['draft', 'submitted', 'returned', 'approved'])), name='entry_stage_known', violation_error_message='This stage does not exist.'),
        ),
        migrations.AddConstraint(
            model_name='statusentry',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['draft', 'returned']), ('status__isnull', False), _connector='OR'), name='entry_submitted_has_status', violation_error_message='An entry without a state of play cannot be submitted.'),
        ),
        migrations.AddField(
            model_name='reminder',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='actions.reportinground', verbose_name='reporting round'),
        ),
        migrations.AddField(
            model_name='reminder',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='user'),
        ),
        migrations.AddField(
            model_name='seenfinding',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='seenfinding',
            name='entry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seen_findings', to='actions.statusentry', verbose_name='entry'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(fields=('round', 'user', 'moment'), name='reminder_once', violation_error_message='This reminder has been sent already.'),
        ),
        migrations.AddConstraint(
            model_name='seenfinding',
            constraint=models.UniqueConstraint(fields=('entry', 'check_name', 'evidence'), name='seen_finding_unique', violation_error_message='This finding has been marked as seen already.'),
        ),
        migrations.AddConstraint(
            model_name='seenfinding',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='seen_finding_has_reason', violation_error_message='Say why this may stay as it is.'),
        ),
    ]
