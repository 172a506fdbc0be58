"""The database itself refuses to change or delete an act of approval of a centre."""

from django.db import migrations

TRIGGER = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON registers_centreact
FOR EACH ROW EXECUTE FUNCTION refuse_change()
"""


class Migration(migrations.Migration):
    dependencies = [("registers", "0015_centres"), ("kernel", "0003_append_only")]
    operations = [
        migrations.RunSQL(TRIGGER, "DROP TRIGGER append_only ON registers_centreact"),
    ]
