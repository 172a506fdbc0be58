from django.db import migrations, models


class Migration(migrations.Migration):
    """A correction may concern the day of appointment."""

    dependencies = [
        ("connectors", "0004_fewer_indexes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="correction",
            name="fact",
            field=models.CharField(
                choices=[
                    ("surname", "Επώνυμο"),
                    ("given_name", "Όνομα"),
                    ("father_name", "Πατρώνυμο"),
                    ("am", "Αριθμός μητρώου"),
                    ("specialty", "Ειδικότητα"),
                    ("employment", "Σχέση εργασίας"),
                    ("appointed_on", "Ημερομηνία διορισμού"),
                    ("services", "Σχολεία και ώρες"),
                    ("leaves", "Άδειες"),
                ],
                max_length=12,
            ),
        ),
    ]
