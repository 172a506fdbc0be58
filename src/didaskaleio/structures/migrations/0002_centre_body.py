"""The implementing body in whose register a centre is."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("structures", "0001_initial")]
    operations = [
        migrations.AddField(
            "trainingcentre",
            "body",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="structures.implementingbody",
            ),
        ),
    ]
