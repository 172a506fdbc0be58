"""The database itself keeps every version of a session report."""

from django.db import migrations

TRIGGER = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON delivery_sessionreport
FOR EACH ROW EXECUTE FUNCTION refuse_change()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("delivery", "0014_versions_of_session_reports"),
        ("kernel", "0003_append_only"),
    ]
    operations = [
        migrations.RunSQL(TRIGGER, "DROP TRIGGER append_only ON delivery_sessionreport"),
    ]
