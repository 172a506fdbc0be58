"""The database itself refuses to change or delete a published list."""

from django.db import migrations

TRIGGER = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_change()
"""
TABLES = ("registers_rankinglist", "registers_rankingrow")


class Migration(migrations.Migration):
    dependencies = [("registers", "0011_ranking_lists"), ("kernel", "0003_append_only")]
    operations = [
        migrations.RunSQL(TRIGGER.format(table=table), f"DROP TRIGGER append_only ON {table}")
        for table in TABLES
    ]
