"""What stands in the database: which tables an act touched, and whether their rows differ."""

from __future__ import annotations

from django.db import connection

# who is signed in, how often somebody tried, what the platform counts by itself
MOVING = {"django_session", "people_session", "kernel_tries", "kernel_democlock"}
TOUCHED = """
SELECT relname FROM pg_stat_xact_user_tables WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"""


class Rows:
    """The rows as they were at first; every act is undone, so that they are so before each act."""

    def __init__(self):
        self.before = {}

    def remember(self, table):
        if table not in self.before:
            self.before[table] = digest(table)

    def changed(self):
        """Tables that this transaction wrote to and whose rows are no longer what they were."""
        touched = {table for (table,) in ask(TOUCHED)} - MOVING
        return sorted(table for table in touched if digest(table) != self.before[table])


def ask(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def digest(table):
    """All rows of a table in one number."""
    name = connection.ops.quote_name(table)
    return ask(f"SELECT count(*), sum(hashtextextended(t::text, 0)::numeric) FROM {name} t")


def every_table():
    return [table for (table,) in ask("SELECT relname FROM pg_stat_user_tables")]
