"""Extensions and the Greek search key: accents stripped, case folded, final sigma unified."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

# numbers are padded so that «2ο Γυμνάσιο» sorts before «10ο»
GREEK_KEY = """
CREATE OR REPLACE FUNCTION greek_key(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT regexp_replace(
    regexp_replace(
      casefold(public.unaccent('public.unaccent'::regdictionary, normalize(value, NFC))),
      '(\\d+)', '00000\\1', 'g'),
    '0*(\\d{6})', '\\1', 'g')
$$
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: list = []
    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        BtreeGistExtension(),
        migrations.RunSQL(GREEK_KEY, "DROP FUNCTION greek_key(text)"),
    ]
