"""The database itself refuses to change the verdicts of an assessment that was submitted."""

from django.db import migrations

TRIGGER = """
CREATE TRIGGER submitted_stands BEFORE UPDATE OF
    call_id, candidacy_id, person_id, verdicts, submitted_at
ON registers_assessment FOR EACH ROW WHEN (OLD.submitted_at IS NOT NULL)
EXECUTE FUNCTION refuse_change()
"""
KEPT = """
CREATE TRIGGER kept BEFORE DELETE ON registers_assessment
FOR EACH ROW EXECUTE FUNCTION refuse_change()
"""


class Migration(migrations.Migration):
    dependencies = [("registers", "0009_assessment"), ("kernel", "0003_append_only")]
    operations = [
        migrations.RunSQL(TRIGGER, "DROP TRIGGER submitted_stands ON registers_assessment"),
        migrations.RunSQL(KEPT, "DROP TRIGGER kept ON registers_assessment"),
    ]
