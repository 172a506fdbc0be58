from django.db import migrations, models


class Migration(migrations.Migration):
    """An action may be owed by everybody whom its course concerns."""

    dependencies = [
        ("programmes", "0003_action_tenders"),
    ]

    operations = [
        migrations.AddField(
            model_name="trainingaction",
            name="compulsory",
            field=models.BooleanField(default=False),
        ),
    ]
