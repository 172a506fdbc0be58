"""Pages of a list (σελίδες): counted exactly up to 1,000 rows, beyond that one page at a time.

An exact count of 170,000 rows costs more than the page that it stands on.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core import paginator
from django.db.models import QuerySet

EXACT = 1_000
if TYPE_CHECKING:
    _OfDjango = paginator.Paginator[Any]
else:  # Django's own takes no parameter while it runs
    _OfDjango = paginator.Paginator


class Page(paginator.Page[Any]):
    """One page (σελίδα); where the rows are not counted it looks whether another follows."""

    paginator: Paginator

    @cached_property
    def _follows(self) -> bool:
        if not self.paginator.uncounted:
            return super().has_next()
        return self.paginator.reaches(self.number + 1)

    def has_next(self) -> bool:
        return self._follows

    def total_tells(self) -> bool:
        """Whether the count of the list says anything to whoever reads this page."""
        return not self.paginator.uncounted or self.end_index() <= EXACT

    def end_index(self) -> int:
        return self.start_index() + len(self.object_list) - 1 if self.paginator.count else 0


class Paginator(_OfDjango):
    """Σελιδοποίηση: Django's, with a bounded count of rows of the database."""

    @cached_property
    def count(self) -> int:
        """How many rows, exactly up to EXACT; one more than that stands for any number beyond."""
        if not isinstance(self.object_list, QuerySet):
            return super().count
        return self.object_list.order_by()[: EXACT + 1].count()

    @cached_property
    def uncounted(self) -> bool:
        return isinstance(self.object_list, QuerySet) and self.count > EXACT

    def reaches(self, number: int) -> bool:
        """Whether page ``number`` has a row."""
        bottom = (number - 1) * self.per_page
        return bool(self.object_list[bottom : bottom + 1])

    def validate_number(self, number: float | str) -> int:
        if not self.uncounted:
            return super().validate_number(number)
        try:
            asked = int(number)
        except (TypeError, ValueError) as error:
            raise paginator.PageNotAnInteger(str(number)) from error
        if not 1 <= asked <= self.furthest or not self.reaches(asked):
            raise paginator.EmptyPage(str(number))
        return asked

    @property
    def furthest(self) -> int:
        """No list of ours has ten million rows: a number beyond is not looked for."""
        return 10_000_000 // self.per_page

    def page(self, number: float | str) -> Page:
        asked = self.validate_number(number)
        bottom = (asked - 1) * self.per_page
        return self._get_page(self.object_list[bottom : bottom + self.per_page], asked, self)

    def _get_page(self, *args: Any, **kwargs: Any) -> Page:
        return Page(*args, **kwargs)
