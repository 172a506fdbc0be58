"""The database itself refuses to change a published standard, or that somebody has read it."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION refuse_frozen_standard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NOT NULL AND (TG_OP = 'DELETE' OR NEW.text <> OLD.text
        OR NEW.demanded <> OLD.demanded OR NEW.number <> OLD.number
        OR NEW.standard_id <> OLD.standard_id
        OR NEW.published_at IS DISTINCT FROM OLD.published_at) THEN
        RAISE EXCEPTION 'a published version of a standard is frozen';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$
"""
FROZEN = """
CREATE TRIGGER frozen_standard BEFORE UPDATE OR DELETE ON kernel_standardversion
FOR EACH ROW EXECUTE FUNCTION refuse_frozen_standard()
"""
APPEND_ONLY = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON kernel_acknowledgement
FOR EACH ROW EXECUTE FUNCTION refuse_change()
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0006_standards")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION refuse_frozen_standard()"),
        migrations.RunSQL(FROZEN, "DROP TRIGGER frozen_standard ON kernel_standardversion"),
        migrations.RunSQL(APPEND_ONLY, "DROP TRIGGER append_only ON kernel_acknowledgement"),
    ]
