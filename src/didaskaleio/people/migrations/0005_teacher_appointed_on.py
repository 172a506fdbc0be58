from django.db import migrations, models


class Migration(migrations.Migration):
    """The day of appointment (ημερομηνία διορισμού), which compulsory trainings ask about."""

    dependencies = [
        ("people", "0004_room_for_updates"),
    ]

    operations = [
        migrations.AddField(
            model_name="teacher",
            name="appointed_on",
            field=models.DateField(null=True),
        ),
    ]
