"""The database itself refuses to change what was submitted; the receipt alone comes later."""

from django.db import migrations

TRIGGER = """
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OF
    candidacy_id, version, "values", points, findings, declaration, receipt_number, at
ON registers_submission FOR EACH ROW EXECUTE FUNCTION refuse_change()
"""


class Migration(migrations.Migration):
    dependencies = [("registers", "0003_candidacies"), ("kernel", "0003_append_only")]
    operations = [
        migrations.RunSQL(TRIGGER, "DROP TRIGGER append_only ON registers_submission"),
    ]
