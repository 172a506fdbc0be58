"""Sessions (συνεδρίες) in PostgreSQL: the row, the person and the posts come by one query.

Every page asks who is there. Read together, that costs less than a cache beside the database
would, and a sign-out, a closed account or a withdrawn post counts from the next page on.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, cast

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import DEFAULT_DB_ALIAS, connection
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from didaskaleio.kernel import clock
from didaskaleio.kernel.access import Actor, HeldPost
from didaskaleio.people.models import Person, Session

FIELDS = [field.attname for field in Person._meta.concrete_fields]  # noqa: SLF001
COLUMNS = ", ".join(f"p.{field.column}" for field in Person._meta.concrete_fields)  # noqa: SLF001
QUERY = f"""
SELECT s.session_data, (
    SELECT jsonb_agg(jsonb_build_array(o.role, o.scope, o.scope_id))
    FROM people_post o
    WHERE o.person_id = s.person_id
        AND o.valid_from <= %s AND (o.valid_until IS NULL OR o.valid_until > %s)
), {COLUMNS}
FROM people_session s
LEFT JOIN people_person p ON p.id = s.person_id AND p.is_active
WHERE s.session_key = %s AND s.expire_date > %s
"""  # noqa: S608 - columns of our own model


class SessionStore(DatabaseStore):
    """Αποθήκη συνεδριών: Django's sessions of the database, with whoever is signed in."""

    at: datetime | None = None
    person: Person | None = None
    posts: str | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = super().create_model_instance(data)
        row.person_id = data.get(SESSION_KEY)  # type: ignore[attr-defined]
        return cast("Session", row)

    def load(self) -> dict[str, Any]:
        """The data of the session; empty where it is unknown or over."""
        self.at = at = clock.now()
        with connection.cursor() as cursor:
            cursor.execute(QUERY, [at, at, self.session_key, timezone.now()])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        data, self.posts, *values = row
        if values[0] is not None:
            self.person = Person.from_db(DEFAULT_DB_ALIAS, FIELDS, values)
        found: dict[str, Any] = self.decode(data)
        return found

    def signed_in(self) -> tuple[Person, Actor] | None:
        """Whoever is signed in, with the posts open now; None when nobody is.

        A changed password ends the session.
        """
        proof = self.get(HASH_SESSION_KEY)
        if self.person is None:
            return None
        if not _proves(proof, self.person):
            self.flush()
            return None
        posts = frozenset(HeldPost(*post) for post in json.loads(self.posts or "[]"))
        return self.person, Actor(self.person.pk, self.person.full_name, posts)


def _proves(proof: str | None, person: Person) -> bool:
    known = (person.get_session_auth_hash(), *person.get_session_auth_fallback_hash())
    return proof is not None and any(constant_time_compare(proof, one) for one in known)
