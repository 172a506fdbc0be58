"""Ways from pages of lower rooms: from one's own record to one's terms."""

from __future__ import annotations

from django.urls import reverse

from didaskaleio.directory.models import Term
from didaskaleio.kernel import links
from didaskaleio.people.models import Person


class _ToMine(links.Link):
    """The page is always one's own: its address takes nothing."""

    def url(self, _thing: object) -> str:
        return reverse(self.address)


def _with_terms(person: Person) -> Person | None:
    return person if Term.objects.filter(person=person).exists() else None


links.declare(
    _ToMine("people.person", "Οι θητείες μου", "directory:mine", "term.mine", about=_with_terms)
)
