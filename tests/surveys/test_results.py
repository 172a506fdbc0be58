"""Results and comparisons: exact means, hidden small numbers, the same in sheets and documents.

Shows: R-068.
"""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from didaskaleio.kernel import documents
from didaskaleio.surveys import operations, queries
from didaskaleio.surveys.documents import RESULTS_PDF, results_data, results_sheet
from didaskaleio.surveys.enums import DispatchState
from didaskaleio.surveys.errors import DispatchRefusedError
from didaskaleio.surveys.models import Dispatch
from tests.factories import people
from tests.sheets import cells_of
from tests.surveys.asking import a_closed, a_survey, about, answers, closed, some_people

pytestmark = pytest.mark.django_db


def _of(found, question, line=""):
    return next(one for one in found if (one.question, one.line) == (question, line))


def test_mean_and_distribution_are_exact(questionnaire, officer, at):
    survey = a_closed(questionnaire, officer, at, [5] * 6 + [4] * 5 + [3] * 5)
    one = _of(queries.results(survey), "satisfied")
    assert (one.asked, one.mean, one.top) == (16, Decimal("4.06"), 5)
    assert [bar.count for bar in one.bars] == [0, 0, 5, 5, 6]
    assert one.bars[4].percent == "37,5 %"
    line = _of(queries.results(survey), "content", "applicable")
    assert (line.asked, line.mean) == (16, Decimal("4.06"))


def test_fewer_than_five_answers_show_nothing_anywhere(questionnaire, officer, at):
    survey = a_closed(questionnaire, officer, at, [5, 5, 1, 5])
    assert queries.results(survey) == queries.words(survey) == []
    assert results_data(survey)["questions"] == []
    assert ["Απάντησαν", "4"] in results_data(survey)["fields"]
    assert cells_of(io.BytesIO(results_sheet(survey)))[1:] == []


def test_an_open_survey_shows_nothing_of_what_was_answered(questionnaire, officer, at):
    asked = some_people(6)
    survey = a_survey(questionnaire, officer, at, asked)
    for person in asked:
        answers(survey, person, at, good="Καλό")
    assert queries.results(survey) == queries.words(survey) == []
    assert not queries.texts(survey, "good").exists()


def test_words_are_shown_from_five_on(questionnaire, officer, at):
    asked = some_people(6)
    survey = a_survey(questionnaire, officer, at, asked)
    for place, person in enumerate(asked):
        answers(survey, person, at, good=f"α{place}", better="β" if place < 4 else "")
    ended = closed(survey)
    assert [(one.question, one.asked) for one in queries.words(ended)] == [
        ("good", 6),
        ("better", None),
    ]
    assert queries.texts(ended, "good").count() == 6
    assert not queries.texts(ended, "better").exists()
    assert not queries.texts(ended, "satisfied").exists()


def test_the_sheet_and_the_document_hide_what_the_page_hides(questionnaire, officer, at):
    survey = a_closed(questionnaire, officer, at, [5] * 9 + [4] * 8 + [3] * 7 + [2] * 3)
    one = _of(queries.results(survey), "satisfied")
    hidden = [bar.label for bar in one.bars if bar.count is None]
    assert hidden == ["2", "3", "4"]
    sheet = cells_of(io.BytesIO(results_sheet(survey)))
    lines = [row for row in sheet if row[1] == one.title]
    assert [row[5] for row in lines if row[6] == "δεν εμφανίζεται"] == hidden
    said = next(q for q in results_data(survey)["questions"] if q["title"] == one.title)
    assert [bar[0] for bar in said["bars"] if bar[1] == "δεν εμφανίζεται"] == hidden
    assert documents.render(RESULTS_PDF, survey).startswith(b"%PDF")


def _compared(questionnaire, by, item="satisfied", year=None):
    asked = queries.newest(questionnaire).parsed()
    ids = list(queries.closed_of(questionnaire, year).values_list("pk", flat=True))
    return {
        line.name: (line.surveys, line.people, line.mean)
        for line in queries.compared(asked, ids, by)
        if line.question == item
    }


def test_surveys_are_compared_by_region_action_and_year(questionnaire, officer, at):
    koz, lar = about("KOZ"), about("LAR", year=2021, group="Επιμόρφωση Β1")
    a_closed(questionnaire, officer, at, [5] * 6, of=koz)
    a_closed(questionnaire, officer, at, [3] * 5 + [4], of=about("KOZ"))
    a_closed(questionnaire, officer, at, [2] * 5, of=lar)
    assert _compared(questionnaire, "region") == {
        "Δυτική Μακεδονία": (2, 12, Decimal("4.08")),
        "Θεσσαλία": (1, 5, Decimal("2.00")),
    }
    assert _compared(questionnaire, "year") == {
        "2021": (1, 5, Decimal("2.00")),
        "2022": (2, 12, Decimal("4.08")),
    }
    assert _compared(questionnaire, "group")["Επιμόρφωση Β1"] == (1, 5, Decimal("2.00"))
    assert _compared(questionnaire, "all") == {"": (3, 17, Decimal("3.47"))}
    assert _compared(questionnaire, "region", year=2021) == {"Θεσσαλία": (1, 5, Decimal("2.00"))}


def test_no_difference_between_cuts_leaves_fewer_than_five(questionnaire, officer, at):
    """A small survey is in no sum: taking the shown ones from a sum leaves nothing of it."""
    a_closed(questionnaire, officer, at, [5] * 6, of=about("KOZ"))
    a_closed(questionnaire, officer, at, [1] * 4, of=about("KOZ"))
    assert _compared(questionnaire, "region") == {"Δυτική Μακεδονία": (1, 6, Decimal("5.00"))}
    assert _compared(questionnaire, "all") == {"": (1, 6, Decimal("5.00"))}
    assert queries.left_out(questionnaire) == 1


def test_one_query_compares_however_many(questionnaire, officer, at, django_assert_num_queries):
    for place in ("KOZ", "LAR", "THS"):
        a_closed(questionnaire, officer, at, [4] * 5, of=about(place))
    asked = queries.newest(questionnaire).parsed()
    ids = list(queries.closed_of(questionnaire).values_list("pk", flat=True))
    with django_assert_num_queries(1):
        assert len(queries.compared(asked, ids, "survey")) == 3 * 10


def test_a_dispatch_is_numbered_kept_and_receipted(questionnaire, officer, at, actor_for):
    a_closed(questionnaire, officer, at, [5] * 6 + [4] * 2)
    a_closed(questionnaire, officer, at, [1, 2])
    ministry = people.ministry_officer()
    sent = operations.dispatch(questionnaire, 2022, actor=officer, at=at)
    assert (sent.number, sent.version, sent.state) == ("2023/000001", 1, DispatchState.SENT)
    whole = {line["key"]: line for line in sent.content["cuts"]["all"]}
    assert whole["satisfied."] == {
        "name": "",
        "key": "satisfied.",
        "surveys": 1,
        "people": 8,
        "mean": "4.75",
    }
    counted = [sent.content[name] for name in ("surveys", "answered", "left_out")]
    assert counted == [1, 8, 1]
    assert sent.document.number == sent.number
    operations.receive(sent, actor=actor_for(ministry), at=at)
    held = Dispatch.objects.get(pk=sent.pk)
    assert (held.state, held.receipt_number) == (DispatchState.RECEIVED, "2023/000001")
    assert held.received_by_id == ministry.pk
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        Dispatch.objects.filter(pk=sent.pk).update(content={})


def test_a_second_dispatch_needs_news(questionnaire, officer, at):
    a_closed(questionnaire, officer, at, [5] * 6)
    first = operations.dispatch(questionnaire, 2022, actor=officer, at=at)
    with pytest.raises(DispatchRefusedError, match=first.number):
        operations.dispatch(questionnaire, 2022, actor=officer, at=at)
    a_closed(questionnaire, officer, at, [4] * 5)
    second = operations.dispatch(questionnaire, 2022, actor=officer, at=at)
    assert (second.version, second.content["answered"]) == (2, 11)


def test_nothing_is_sent_where_nobody_answered(questionnaire, officer, at):
    a_closed(questionnaire, officer, at, [5] * 4)
    with pytest.raises(DispatchRefusedError, match="πέντε ή περισσότερες"):
        operations.dispatch(questionnaire, 2022, actor=officer, at=at)
