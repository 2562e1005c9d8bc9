"""One row for each address and plan, so that one mail tells of all that it follows."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


def make_subscribers(apps, _schema_editor):
    Subscriber = apps.get_model("reports", "Subscriber")
    Subscription = apps.get_model("reports", "Subscription")
    followed = {}
    for each in Subscription.objects.order_by("since", "pk"):
        followed.setdefault((each.email, each.plan_id), []).append(each)
    for (email, plan), subscriptions in followed.items():
        told = [each.told_id for each in subscriptions]
        subscriber = Subscriber.objects.create(
            # So that the link in most mails that were sent still ends them.
            pk=subscriptions[0].pk,
            email=email,
            plan_id=plan,
            language=subscriptions[-1].language,
            told_id=None if None in told else min(told),
        )
        keys = [each.pk for each in subscriptions]
        Subscription.objects.filter(pk__in=keys).update(subscriber=subscriber)


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_subscriptions")]

    operations = [
        migrations.CreateModel(
            name="Subscriber",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("language", models.CharField(choices=[("nl", "Dutch"), ("en", "English")], max_length=10, verbose_name="language")),
                ("tried_at", models.DateTimeField(blank=True, null=True, verbose_name="last tried at")),
                ("plan", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="actions.plan", verbose_name="plan")),
                ("told", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reports.edition", verbose_name="last edition told about")),
            ],
            options={
                "verbose_name": "subscriber",
                "verbose_name_plural": "subscribers",
                "ordering": ["plan", "pk"],
                "constraints": [models.UniqueConstraint(fields=("email", "plan"), name="subscriber_once", violation_error_message="This address is kept posted of this plan already.")],
            },
        ),
        migrations.AddField(
            model_name="subscription",
            name="subscriber",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="subscriptions", to="reports.subscriber", verbose_name="subscriber"),
        ),
        migrations.RunPython(make_subscribers, migrations.RunPython.noop),
    ]
