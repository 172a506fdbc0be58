"""What was counted, and what was sent to the ministry, the database itself refuses to change."""

from django.db import migrations

TRIGGER = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_change()
"""
KEEP = """
CREATE FUNCTION keep_dispatch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (NEW.questionnaire_id, NEW.body_id, NEW.year, NEW.version, NEW.number,
        NEW.content, NEW.sent_at, NEW.sent_by_id)
        IS DISTINCT FROM (OLD.questionnaire_id, OLD.body_id, OLD.year, OLD.version, OLD.number,
        OLD.content, OLD.sent_at, OLD.sent_by_id)
        OR (OLD.document_id IS NOT NULL AND NEW.document_id IS DISTINCT FROM OLD.document_id)
        OR (OLD.receipt_number <> '' AND NEW.receipt_number <> OLD.receipt_number) THEN
        RAISE EXCEPTION 'a dispatch does not change';
    END IF;
    RETURN NEW;
END $$
"""
KEPT = """
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON surveys_dispatch
FOR EACH ROW EXECUTE FUNCTION keep_dispatch()
"""


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_models"), ("kernel", "0003_append_only")]
    operations = [
        *(
            migrations.RunSQL(TRIGGER.format(table=table), f"DROP TRIGGER append_only ON {table}")
            for table in ("surveys_cell", "surveys_openanswer")
        ),
        migrations.RunSQL(KEEP, "DROP FUNCTION keep_dispatch()"),
        migrations.RunSQL(KEPT, "DROP TRIGGER kept ON surveys_dispatch"),
    ]
