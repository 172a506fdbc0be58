"""Pages of long lists: counted to 1,000, never lost beyond.

Shows: R-168.
"""

from __future__ import annotations

import pytest
from django.core.paginator import EmptyPage, PageNotAnInteger
from django.test import RequestFactory

from didaskaleio.kernel import paging
from didaskaleio.kernel.models import Tries
from tests.kernel.ui.drawing import drawn, text_of

pytestmark = pytest.mark.django_db
AT = "2023-01-18T10:00:00+02:00"


def rows(many):
    Tries.objects.bulk_create(Tries(key=f"{n:05}", began=AT, count=n) for n in range(many))
    return Tries.objects.order_by("key")


def shown(page):
    request = RequestFactory().get("/x/")
    return text_of(drawn("{% pager page %}", page=page, request=request))


def test_a_list_of_a_thousand_is_counted_exactly():
    pages = paging.Paginator(rows(1_000), 25)
    assert (pages.count, pages.num_pages, pages.uncounted) == (1_000, 40, False)
    assert shown(pages.page(40)).startswith("976–1.000 από 1.000 ")
    assert not pages.page(40).has_next()


def test_a_longer_one_is_not_counted_but_reached_to_its_last_row():
    pages = paging.Paginator(rows(1_060), 25)
    assert pages.uncounted
    assert shown(pages.page(1)) == "1–25 από 1.000 και πλέον Σελίδα 1 2 … Επόμενη"
    assert shown(pages.page(5)).endswith("Προηγούμενη 1 … 4 Σελίδα 5 6 … Επόμενη")
    last = pages.page(43)
    assert [row.key for row in last] == [f"{n:05}" for n in range(1_050, 1_060)]
    assert shown(last) == "1.051–1.060 Προηγούμενη 1 … 42 Σελίδα 43"
    assert (last.has_next(), last.end_index()) == (False, 1_060)


@pytest.mark.parametrize("number", ["0", "-1", "44", "9" * 30])
def test_a_page_that_is_not_there_is_refused(number):
    pages = paging.Paginator(rows(1_060), 25)
    with pytest.raises(EmptyPage):
        pages.page(number)
    assert pages.get_page(number).number == 41, "as Django does: the last that is known"


@pytest.mark.parametrize("number", ["δύο", "", None, "1.5"])
def test_a_page_that_is_no_number_is_the_first(number):
    pages = paging.Paginator(rows(1_060), 25)
    with pytest.raises(PageNotAnInteger):
        pages.page(number)
    assert pages.get_page(number).number == 1


def test_no_query_counts_beyond_the_bound(django_assert_num_queries):
    found = rows(1_060)
    with django_assert_num_queries(3) as asked:  # the bounded count, a look at the page, its rows
        list(paging.Paginator(found, 25).page(2))
    assert "LIMIT 1001" in asked.captured_queries[0]["sql"]


def test_the_words_of_a_count_know_the_bound():
    words = '{{ pages|counted:"κέντρο,κέντρα" }}'
    assert drawn(words, pages=paging.Paginator([1], 9)) == "1 κέντρο"
    assert drawn(words, pages=paging.Paginator(rows(1_001), 9)) == "1.000 και πλέον κέντρα"
