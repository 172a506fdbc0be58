"""Pager and heads of columns: the rest of the address is kept.

Shows: R-167.
"""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from django.utils.html import escape

from didaskaleio.kernel.paging import Paginator
from tests.kernel.ui.drawing import drawn, text_of


def test_the_pager_keeps_the_rest_of_the_address():
    request = RequestFactory().get("/x/", {"q": "Κοζάνη", "page": "2"})
    html = drawn("{% pager page %}", page=Paginator(range(402), 9).page(2), request=request)
    kept = QueryDict(mutable=True)
    kept.update({"q": "Κοζάνη", "page": "3"})
    assert f'href="?{escape(kept.urlencode())}" aria-label="Σελίδα 3"' in html
    assert '<span aria-current="page"><span class="sr">Σελίδα</span>2</span>' in html
    assert text_of(html).startswith("10–18 από 402 Προηγούμενη 1 Σελίδα 2 3 … ")


def test_one_page_has_no_links_and_no_rows_have_no_pager():
    assert text_of(drawn("{% pager page %}", page=Paginator([1], 9).page(1))) == "1–1 από 1"
    assert drawn("{% pager page %}", page=Paginator([], 9).page(1)).strip() == ""


@pytest.mark.parametrize(
    ("order", "aria", "link"),
    [
        ("", "", "order=name"),
        ("name", ' aria-sort="ascending"', "order=-name"),
        ("-name", ' aria-sort="descending"', "order=name"),
        ("surname", "", "order=name"),
    ],
)
def test_a_column_head_orders_and_pressed_again_turns_round(order, aria, link):
    request = RequestFactory().get("/x/", {"order": order, "page": "4"})
    html = drawn('{% sort_th "name" "Όνομα" %}', request=request)
    assert html.startswith(f'<th scope="col"{aria}><a class="sort" href="?{link}&amp;page=1">')
