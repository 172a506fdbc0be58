"""The sequence of phase B (αύξων αριθμός πράξεων): gaps are allowed, it is never a lock."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("enrolment", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE enrolment_place_sequence AS bigint MINVALUE 1",
            "DROP SEQUENCE enrolment_place_sequence",
        )
    ]
