"""The database itself refuses to change or delete the history of a member's fields."""

from django.db import migrations

TRIGGER = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON registers_fieldchange
FOR EACH ROW EXECUTE FUNCTION refuse_change()
"""


class Migration(migrations.Migration):
    dependencies = [("registers", "0006_members"), ("kernel", "0003_append_only")]
    operations = [
        migrations.RunSQL(TRIGGER, "DROP TRIGGER append_only ON registers_fieldchange"),
    ]
