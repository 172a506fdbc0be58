"""The database itself refuses to change or delete an announced act of a tender."""

from django.db import migrations

TRIGGER = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON registers_tenderact
FOR EACH ROW EXECUTE FUNCTION refuse_change()
"""


class Migration(migrations.Migration):
    dependencies = [("registers", "0018_tenders"), ("kernel", "0003_append_only")]
    operations = [
        migrations.RunSQL(TRIGGER, "DROP TRIGGER append_only ON registers_tenderact"),
    ]
