"""Room on every page of the teachers' records: an import marks each of them with its day."""

from __future__ import annotations

from django.db import migrations

ROOM = "ALTER TABLE people_teacher SET (fillfactor = 50)"


class Migration(migrations.Migration):
    dependencies = [("people", "0003_roles_of_calls_and_registers")]

    operations = [migrations.RunSQL(ROOM, "ALTER TABLE people_teacher RESET (fillfactor)")]
