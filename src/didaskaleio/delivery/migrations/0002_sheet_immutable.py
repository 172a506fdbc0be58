"""The database itself keeps a signed sheet: only the second signature may be added, once."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION keep_signed_sheet() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a signed sheet is never deleted';
  END IF;
  IF OLD.countersigned_at IS NOT NULL
     OR NEW.countersigned_at IS NULL OR NEW.countersigned_by_id IS NULL
     OR (to_jsonb(NEW) - 'countersigned_at' - 'countersigned_by_id')
        IS DISTINCT FROM (to_jsonb(OLD) - 'countersigned_at' - 'countersigned_by_id') THEN
    RAISE EXCEPTION 'a signed sheet is immutable; a correction is a new version';
  END IF;
  RETURN NEW;
END $$
"""
TRIGGER = """
CREATE TRIGGER signed_sheet BEFORE UPDATE OR DELETE ON delivery_attendancesheet
FOR EACH ROW EXECUTE FUNCTION keep_signed_sheet()
"""


class Migration(migrations.Migration):
    dependencies = [("delivery", "0001_initial")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION keep_signed_sheet()"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER signed_sheet ON delivery_attendancesheet"),
    ]
