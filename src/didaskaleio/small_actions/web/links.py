"""Ways from pages of lower rooms: from one's own record to the actions of one's structure."""

from __future__ import annotations

from django.urls import reverse

from didaskaleio.directory.enums import STANDING
from didaskaleio.directory.models import Term
from didaskaleio.kernel import links
from didaskaleio.people.models import Person


class _ToDesk(links.Link):
    """The page is always one's own: its address takes nothing."""

    def url(self, _thing: object) -> str:
        return reverse(self.address)


def _in_office(person: Person) -> Person | None:
    """Whoever serves a term organises, also without a role."""
    serves = Term.objects.filter(person=person, state__in=STANDING)
    return person if serves.exists() else None


links.declare(
    _ToDesk(
        "people.person",
        "Μικρές δράσεις που οργανώνω",
        "small_actions:desk",
        "small_action.desk",
        about=_in_office,
    )
)
