import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_subscribers")]

    operations = [
        migrations.AlterModelOptions(
            name="subscription",
            options={"ordering": ["since", "pk"], "verbose_name": "subscription", "verbose_name_plural": "subscriptions"},
        ),
        migrations.RemoveConstraint(model_name="subscription", name="subscription_once"),
        migrations.AlterField(
            model_name="subscription",
            name="subscriber",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="subscriptions", to="reports.subscriber", verbose_name="subscriber"),
        ),
        *(
            migrations.RemoveField(model_name="subscription", name=name)
            for name in ("email", "language", "plan", "told", "tried_at")
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.UniqueConstraint(models.F("subscriber"), django.db.models.functions.comparison.Coalesce("theme", 0), django.db.models.functions.comparison.Coalesce("organisation", 0), name="subscription_once", violation_error_message="This address has this subscription already."),
        ),
    ]
