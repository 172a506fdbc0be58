"""Every session says who teaches it: the trainer of its programme, so far."""

from __future__ import annotations

from django.db import migrations

FILL = """
UPDATE delivery_trainingsession AS session SET trainer_id = programme.trainer_id
FROM programmes_programme AS programme
WHERE programme.id = session.programme_id AND session.trainer_id IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [("delivery", "0008_substitutions")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
