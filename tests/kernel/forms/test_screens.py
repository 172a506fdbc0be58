"""The composer and the page of answers, as an officer uses them without scripts."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html

from didaskaleio.kernel.forms.models import AnswerSheet, Form, FormVersion
from didaskaleio.site.story.questions import CRITERIA
from tests.kernel.forms.fixtures import DEFINITION, a_draft, a_published, an_officer

pytestmark = pytest.mark.django_db
ROWS = {f"{name}-{part}": value for name in ("test", "options", "lines", "bands")
        for part, value in (("TOTAL_FORMS", "3"), ("INITIAL_FORMS", "0"))}  # fmt: skip


@pytest.fixture
def officer():
    return an_officer()


@pytest.fixture
def page(client, officer):
    client.force_login(officer)
    return client


def now():
    return FormVersion.objects.order_by("-number")[0].parsed()


def mark_on(client, address):
    return html.fromstring(client.get(address).content).xpath(
        "string(//input[@name='mark']/@value)"
    )


def test_an_officer_opens_a_form_and_adds_a_question_with_points_and_a_condition(page):
    owner = html.fromstring(page.get("/forms/new/").content).xpath("string(//select/option/@value)")
    page.post("/forms/new/", {"title": "Νέα φόρμα", "code": "nea", "owner": owner})
    pk = Form.objects.get(code="nea").pk
    first = ROWS | {"label": "Έχετε πείρα;", "required": "on", "mark": "", "way": "per_option"}
    first |= {"options-0-label": "Ναι", "options-0-points": "2,5", "options-1-label": "Όχι"}
    page.post(f"/forms/{pk}/question/?section=s1&kind=choice", first)
    second = ROWS | {"label": "Πόσα έτη;", "unit": "έτος", "mark": "", "way": "per_unit"}
    second |= {"rate": "0,5", "rule_cap": "6", "test-0-test": "q1|is|o1", "match": "all"}
    answer = page.post(f"/forms/{pk}/question/?section=s1&kind=number", second)
    assert answer.url == f"/forms/{pk}/#s1"
    shown = page.get(f"/forms/{pk}/").content.decode()
    assert "0,5 μόρια ανά έτος, έως 6 μόρια" in shown
    assert "Μόνο αν η απάντηση στο «Έχετε πείρα;» είναι «Ναι»" in shown
    assert [q.required for q in now().questions()] == [True, False]


def test_a_question_is_shown_in_its_form_as_it_stands_and_saved_unchanged(page, officer):
    pk = a_draft(officer).form_id
    for one in DEFINITION.questions():
        address = f"/forms/{pk}/question/?key={one.key}"
        form = html.fromstring(page.get(address).content).xpath("//main//form")[0]
        answer = page.post(address, dict(_filled(form)))
        assert (one.key, answer.status_code) == (one.key, 302)
    assert now() == DEFINITION


def _filled(form):
    form.fields.pop("more", None)
    return [(name, value) for name, value in form.form_values() if name != "more"]


def test_two_rows_too_few_are_answered_with_more_rows_and_nothing_is_saved(page, officer):
    pk = a_draft(officer).form_id
    address = f"/forms/{pk}/question/?key=relevance"
    form = html.fromstring(page.get(address).content).xpath("//main//form")[0]
    shown = page.post(address, dict(_filled(form)) | {"more": "options", "label": "Άλλη"}).content
    rows = html.fromstring(shown).xpath(
        "//input[contains(@name, 'options-') and contains(@name, '-label')]"
    )
    assert len(rows) == 9
    assert now() == DEFINITION


def test_an_edit_over_somebody_elses_is_shown_beside_theirs_and_then_saved(page, officer):
    pk = a_draft(officer).form_id
    address = f"/forms/{pk}/section/?key=studies"
    seen = mark_on(page, address)
    mine = ROWS | {"title": "Σπουδές και γλώσσες", "cap": "25", "mark": seen}
    page.post(address, mine | {"title": "Τίτλοι"})
    refused = page.post(address, mine)
    shown = html.fromstring(refused.content)
    assert "Άλλαξε στο μεταξύ" in refused.content.decode()
    assert now().section("studies").title == "Τίτλοι"
    page.post(address, mine | {"mark": shown.xpath("string(//input[@name='mark']/@value)")})
    assert now().section("studies").title == "Σπουδές και γλώσσες"


@pytest.mark.parametrize(
    ("act", "order"),
    [
        ("down:name", ["specialty", "name", "certificate", "certificate_file"]),
        ("up:certificate", ["name", "certificate", "specialty", "certificate_file"]),
        ("copy:name", ["name", "q1", "specialty", "certificate", "certificate_file"]),
        ("drop:specialty", ["name", "certificate", "certificate_file"]),
    ],
)
def test_buttons_move_copy_and_delete(page, officer, act, order):
    pk = a_draft(officer).form_id
    page.post(f"/forms/{pk}/arrange/", {"do": act})
    assert [q.key for q in now().section("person").questions] == order


def test_a_form_leaves_as_json_and_comes_back_the_same(page, officer):
    pk = a_draft(officer).form_id
    content = page.get(f"/forms/{pk}/export/").content
    assert json.loads(content)["schema"] == "didaskaleio-form-1"
    page.post(f"/forms/{pk}/arrange/", {"do": "drop:studies"})
    upload = SimpleUploadedFile("f.json", content)
    mark = mark_on(page, f"/forms/{pk}/import/")
    page.post(f"/forms/{pk}/import/", {"file": upload, "mark": mark})
    assert now() == DEFINITION


def test_a_file_that_is_no_form_changes_nothing_and_says_where(page, officer):
    pk = a_draft(officer).form_id
    mark = mark_on(page, f"/forms/{pk}/import/")
    bad = json.dumps(CRITERIA | {"cap": "πολλά"}).encode()
    for content, words in ((bad, "cap: "), (b"PK\x03\x04", "JSON"), (b"[" * 100_000, "JSON")):
        upload = SimpleUploadedFile("f.json", content)
        shown = page.post(f"/forms/{pk}/import/", {"file": upload, "mark": mark}).content.decode()
        assert words in shown
    assert now() == DEFINITION


def test_the_details_keep_the_ties_in_order(page, officer):
    pk = a_draft(officer).form_id
    address = f"/forms/{pk}/details/"
    form = html.fromstring(page.get(address).content).xpath("//main//form")[0]
    values = dict(_filled(form))
    page.post(address, values)
    assert now() == DEFINITION
    page.post(
        address,
        values
        | {
            "tie1": values["tie2"],
            "tie2": values["tie1"],
            "cap": "80,5",
            "mark": mark_on(page, address),
        },
    )
    assert [tie.of for tie in now().ties] == ["hours", "experience", "hired"]
    assert str(now().cap) == "80.5"


def test_trial_answers_are_kept_hide_what_does_not_apply_and_show_points(page, officer):
    version = a_published()
    address = f"/forms/{version.form_id}/try/?version=1"
    answers = {
        "whole": "1",
        "a-certificate": "yes",
        "a-hours": "1.200",
        "a-degrees": ["phd", "degree"],
    }
    shown = html.fromstring(page.post(address, answers, follow=True).content)
    hidden = shown.xpath("//*[@data-question][@hidden]/@data-question")
    assert hidden == []
    assert shown.xpath("string(//input[@name='a-hours']/@value)") == "1.200"
    assert shown.xpath("normalize-space(//p[@class='lottery']/text())") == "43"
    shown = html.fromstring(
        page.post(address, answers | {"a-certificate": "no"}, follow=True).content
    )
    hidden = shown.xpath("//*[@data-question][@hidden]/@data-question")
    assert hidden == ["certificate_file", "hours", "programmes", "proof"]
    assert shown.xpath("normalize-space(//p[@class='lottery']/text())") == "18"


def test_autosave_answers_with_the_live_part_only(page, officer):
    version = a_published()
    address = f"/forms/{version.form_id}/try/?version=1"
    answer = page.post(address, {"whole": "1", "a-material": "4"}, headers={"HX-Request": "true"})
    live = html.fromstring(answer.content)
    assert live.get("id") == "form-live"
    assert "hours" not in live.get("data-applying").split()
    assert AnswerSheet.objects.get().values["material"] == "4"
    wrong = page.post(address, {"whole": "1", "a-material": "δύο"}, headers={"HX-Request": "true"})
    assert "γράψτε αριθμό" in wrong.content.decode()
    assert AnswerSheet.objects.get().values["material"] == "4"


def test_what_was_typed_wrong_stays_in_its_field_with_the_error(page, officer):
    version = a_published()
    address = f"/forms/{version.form_id}/try/?version=1"
    shown = html.fromstring(
        page.post(address, {"whole": "1", "a-material": "δύο", "check": "1"}).content
    )
    assert shown.xpath("string(//input[@name='a-material']/@value)") == "δύο"
    assert shown.xpath("//input[@name='a-material']/@aria-invalid") == ["true"]
    links = shown.xpath("//div[@role='alert']//a/@href")
    assert "#a-material" in links
    assert "#a-truth" in links


def test_an_officer_of_another_body_finds_no_form(client):
    version = a_draft()
    client.force_login(an_officer(body="iep"))
    for page in ("", "try/", "export/", "question/?key=name", "details/"):
        assert client.get(f"/forms/{version.form_id}/{page}").status_code == 404


def test_a_page_that_did_not_arrive_whole_changes_no_answer(page, officer):
    version = a_published()
    address = f"/forms/{version.form_id}/try/?version=1"
    page.post(address, {"whole": "1", "a-material": "4"})
    refused = page.post(address, {"a-plan": "Μισή σελίδα"}, follow=True)
    assert "δεν έφτασε ολόκληρη" in refused.content.decode()
    kept = AnswerSheet.objects.get().values
    assert (kept.get("material"), kept.get("plan")) == ("4", None)


def test_a_refused_file_keeps_the_page_as_it_was_typed_and_stores_nothing(page, officer):
    version = a_published()
    address = f"/forms/{version.form_id}/try/?version=1"
    page.post(address, {"whole": "1", "a-certificate": "yes", "a-material": "4"})
    fake = SimpleUploadedFile("pistopoiitiko.pdf", b"MZ\x00\x00")
    posted = {"whole": "1", "a-certificate": "yes", "a-material": "7", "a-certificate_file": fake}
    shown = html.fromstring(page.post(address, posted).content)
    assert shown.xpath("//div[@role='alert']//a/@href") == ["#a-certificate_file"]
    assert shown.xpath("string(//input[@name='a-material']/@value)") == "7"
    assert AnswerSheet.objects.get().values["material"] == "4"
    good = SimpleUploadedFile("pistopoiitiko.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n")
    shown = page.post(address, posted | {"a-certificate_file": good}, follow=True)
    assert "pistopoiitiko.pdf" in shown.content.decode()
    assert AnswerSheet.objects.get().values["material"] == "7"
