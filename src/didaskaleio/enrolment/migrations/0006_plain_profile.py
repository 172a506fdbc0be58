"""The plain request leaves to the operation every rule of a profile that it does not know."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("didaskaleio.enrolment.migrations.0003_plain_claim").CREATE
KNOWN = """            WHEN 'employment_any_of' THEN true
            WHEN 'certificate_any_of' THEN certificates.held = 0
            WHEN 'certificate_none_of' THEN certificates.held > 0
        END
"""
ALL = """            WHEN 'certificate_any_of' THEN certificates.held = 0
            WHEN 'certificate_none_of' THEN certificates.held > 0
            WHEN 'will_teach' THEN false
            WHEN 'specialty_in_cluster' THEN false
            WHEN 'locality' THEN false
            ELSE true
        END
"""
REPLACE = BEFORE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [("enrolment", "0005_demand")]

    operations = [migrations.RunSQL(REPLACE.replace(KNOWN, ALL), REPLACE)]
