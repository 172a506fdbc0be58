"""Many ids in a query (πολλά αναγνωριστικά): one array instead of thousands of literals.

PostgreSQL compares a list of literals with every row; an array it hashes like a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import F, Lookup, Model

Each = Mapping[str, Mapping[int, Any]]


class Among(Lookup):
    """``id = ANY (array)``: a condition, not a join that the planner may turn inside out."""

    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        left, values = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s::bigint[])", (*values, self.rhs)


def among(ids: Iterable[int]) -> Among:
    """A condition of ``filter``: the row's id is one of ``ids``."""
    return Among(F("pk"), list(ids))


def update_each(
    model: type[Model], ids: Sequence[int], each: Each, **same: str | int | None
) -> None:
    """One UPDATE of rows whose values differ: ``each`` is column → id → value.

    ``same`` are columns that get one value in all of them.
    """
    columns = {column: [values[pk] for pk in ids] for column, values in each.items()}
    types = [f"{_type(model, column)}[]" for column in columns]
    sets = [f'"{column}" = %s' for column in same]
    sets += [f'"{column}" = x."{column}"' for column in columns]
    names = ", ".join(["id", *(f'"{column}"' for column in columns)])
    arrays = ", ".join(["%s::bigint[]", *(f"%s::{kind}" for kind in types)])
    table = model._meta.db_table  # noqa: SLF001
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{table}" t SET {", ".join(sets)} '  # noqa: S608 - names of our own columns
            f"FROM unnest({arrays}) AS x({names}) WHERE t.id = x.id",
            [*same.values(), list(ids), *columns.values()],
        )


def _type(model: type[Model], column: str) -> str:
    for field in model._meta.concrete_fields:  # noqa: SLF001
        if field.column == column:
            return str(
                field.rel_db_type(connection) if field.is_relation else field.db_type(connection)
            )
    raise LookupError(f"{model.__name__} has no column {column}")
