from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actions", "0004_published_responsibilities"),
    ]

    operations = [
        migrations.AddField(
            model_name="actionpoint",
            name="goal_en",
            field=models.TextField(blank=True, verbose_name="goal in English"),
        ),
        migrations.AddField(
            model_name="actionpoint",
            name="title_en",
            field=models.TextField(blank=True, verbose_name="action point in English"),
        ),
        migrations.AddField(
            model_name="historicalactionpoint",
            name="goal_en",
            field=models.TextField(blank=True, verbose_name="goal in English"),
        ),
        migrations.AddField(
            model_name="historicalactionpoint",
            name="title_en",
            field=models.TextField(blank=True, verbose_name="action point in English"),
        ),
        migrations.AddField(
            model_name="historicalstatusentry",
            name="goal_en",
            field=models.TextField(blank=True, editable=False, verbose_name="goal in English"),
        ),
        migrations.AddField(
            model_name="historicalstatusentry",
            name="title_en",
            field=models.TextField(
                blank=True, editable=False, verbose_name="action point in English"
            ),
        ),
        migrations.AddField(
            model_name="publishedentry",
            name="goal_en",
            field=models.TextField(blank=True, editable=False, verbose_name="goal in English"),
        ),
        migrations.AddField(
            model_name="publishedentry",
            name="title_en",
            field=models.TextField(
                blank=True, editable=False, verbose_name="action point in English"
            ),
        ),
        migrations.AddField(
            model_name="statusentry",
            name="goal_en",
            field=models.TextField(blank=True, editable=False, verbose_name="goal in English"),
        ),
        migrations.AddField(
            model_name="statusentry",
            name="title_en",
            field=models.TextField(
                blank=True, editable=False, verbose_name="action point in English"
            ),
        ),
    ]
