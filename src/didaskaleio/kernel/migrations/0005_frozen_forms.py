"""The database itself refuses to change or delete a version of a form that is not a draft."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION refuse_frozen_form() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'draft' AND (TG_OP = 'DELETE' OR NEW.definition IS DISTINCT FROM OLD.definition
        OR NEW.number <> OLD.number OR NEW.form_id <> OLD.form_id) THEN
        RAISE EXCEPTION 'a published version of a form is frozen';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$
"""
TRIGGER = """
CREATE TRIGGER frozen_form BEFORE UPDATE OR DELETE ON kernel_formversion
FOR EACH ROW EXECUTE FUNCTION refuse_frozen_form()
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0004_forms")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION refuse_frozen_form()"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER frozen_form ON kernel_formversion"),
    ]
