"""Κατάλογοι στην οθόνη: addresses that change one thing of the present one, pages, order."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from didaskaleio.kernel import icons
from didaskaleio.kernel.paging import Page

WAYS = {"": "ascending", "-": "descending"}


def address(query: QueryDict, **changes: object) -> str:
    """The present query string with ``changes``; everything else is kept."""
    changed = query.copy()
    for name, value in changes.items():
        changed[name] = str(value)
    return f"?{changed.urlencode()}"


def pages(query: QueryDict, page: Page) -> dict[str, Any]:
    """The numbers around the present page with their addresses; empty for a single page."""
    if page.paginator.num_pages <= 1:
        return {"links": [], "before": "", "after": ""}
    numbers = _numbers(page)
    return {
        "links": [(n, address(query, page=n) if isinstance(n, int) else "") for n in numbers],
        "before": address(query, page=page.number - 1) if page.has_previous() else "",
        "after": address(query, page=page.number + 1) if page.has_next() else "",
    }


def _numbers(page: Page) -> list[int | str]:
    """The first page, those around the present one, and the last where it is known."""
    if not page.paginator.uncounted:
        found = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
        return [n if isinstance(n, int) else str(n) for n in found]
    around = range(max(1, page.number - 1), page.number + 1 + page.has_next())
    start: list[int | str] = [] if around[0] == 1 else [1]
    if around[0] > 2:  # noqa: PLR2004 - a gap between the first and the one before
        start.append("…")
    return [*start, *around, *(["…"] if page.has_next() else [])]


def ordering_head(query: QueryDict, name: str, title: str, *, num: bool) -> SafeString:
    """A column's head whose link orders by ``name`` and, pressed again, the other way."""
    present = query.get("order", "")
    way = WAYS.get(present.removesuffix(name)) if present.endswith(name) else None
    sorted_now = format_html(' aria-sort="{}"', way) if way else ""
    return format_html(
        '<th scope="col"{}{}><a class="sort" href="{}">{} {}</a></th>',
        mark_safe(' class="num"') if num else "",
        sorted_now,
        address(query, order=f"-{name}" if present == name else name, page=1),
        title,
        icons.icon("sort"),
    )
