"""Ways from pages of lower rooms: from one's own record to one's terms and posts."""

from __future__ import annotations

from django.urls import reverse

from didaskaleio.directory.models import Engagement, Term
from didaskaleio.kernel import links
from didaskaleio.people.models import Person


class _ToMine(links.Link):
    """The page is always one's own: its address takes nothing."""

    def url(self, _thing: object) -> str:
        return reverse(self.address)


def _with_posts(person: Person) -> Person | None:
    """Whoever has, or had, a term or a time-limited post."""
    if Term.objects.filter(person=person).exists():
        return person
    return person if Engagement.objects.filter(person=person).exists() else None


links.declare(
    _ToMine(
        "people.person", "Θητείες και θέσεις μου", "directory:mine", "term.mine", about=_with_posts
    )
)
