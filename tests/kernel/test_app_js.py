"""What the script adds to the components, tried in a real browser under the strict policy."""

from __future__ import annotations

import functools
import http.server
import shutil
import sys
import threading
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from didaskaleio.site.menus import Item, Menu

pytestmark = pytest.mark.journey
STATIC = Path(__file__).parents[2] / "src/didaskaleio/kernel/static"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'"
)


class Strict(http.server.SimpleHTTPRequestHandler):
    def end_headers(self):
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = tmp_path_factory.mktemp("components")
    shutil.copytree(STATIC, folder / "static")
    menu = Menu((Item("Αρχική", "/"),), (Item("Κ.Σ.Ε.", "/centres/"), Item("Συστάδες", "/c/")))
    context = {
        "request": RequestFactory().get("/components/"),
        "footer_links": (),
        "menu": menu,
    }
    html = Template('{% extends "kernel/components.html" %}').render(Context(context))
    (folder / "favicon.ico").touch()
    (folder / "index.html").write_text(html, encoding="utf-8")
    handler = functools.partial(Strict, directory=folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/index.html"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser, address):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    yield page
    page.close()
    assert complaints == []


def titles(page):
    return page.locator(".rank .t").all_inner_texts()


def test_a_preference_moves_by_button_and_the_move_is_announced(page):
    first, second, third = titles(page)
    page.get_by_role("button", name=f"Πιο κάτω: {first}").click()
    assert titles(page) == [second, first, third]
    assert page.locator("[data-rank-live]").inner_text() == f"{first}: θέση 2 από 3"


def test_a_preference_moves_by_dragging(page):
    first, second, third = titles(page)
    rows = page.locator(".rank > li")
    below = rows.nth(2).bounding_box()["height"] - 6
    rows.nth(0).drag_to(rows.nth(2), target_position={"x": 300, "y": below})
    assert titles(page) == [second, third, first]


def test_a_category_out_of_order_is_shown_and_repaired_with_one_press(page):
    rule = page.locator("[data-rank-rule]")
    assert rule.locator("h3").inner_text() == "Η 3η προτίμηση (ΙΙα) είναι κάτω από ΙΙβ"
    page.get_by_role("button", name="Διόρθωση της σειράς").click()
    assert rule.is_hidden()
    assert [li.get_attribute("data-cat") for li in page.locator(".rank > li").all()] == [
        "a",
        "a",
        "b",
    ]


def test_removing_the_last_preference_keeps_the_focus_on_the_page(page):
    for title in titles(page):
        page.get_by_role("button", name=f"Αφαίρεση: {title}").click()
    assert titles(page) == []
    assert page.evaluate("document.activeElement.className") == "rank"


def test_marking_all_present_counts_them_and_puts_the_minutes_away(page):
    roll = page.locator("form[data-roll]")
    assert roll.locator("[data-minutes]:visible").count() == 1
    page.get_by_role("button", name="Παρουσία σε όλους").click()
    assert [roll.locator(f"[data-{k}]").inner_text() for k in ("np", "na", "nl")] == ["3", "0", "0"]
    assert roll.locator("[data-minutes]:visible").count() == 0


def test_minutes_late_go_up_by_five_and_never_below_zero(page):
    minutes = page.locator("[data-minutes]:visible")
    page.locator("[data-plus]:visible").click()
    assert minutes.input_value() == "15"
    for _ in range(5):
        page.locator("[data-minus]:visible").click()
    assert minutes.input_value() == "0"


def test_with_only_the_exceptions_a_second_press_takes_an_absence_back(page):
    page.get_by_label("Σημειώνω μόνο τις εξαιρέσεις").check()
    first = page.locator(".roll > li").nth(0)
    absence = first.locator("label", has_text="Απουσία")
    absence.click()
    assert first.locator("[value=absent]").is_checked()
    absence.click()
    assert first.locator("[value=present]").is_checked()


def test_the_bar_of_bulk_acts_appears_with_the_first_choice(page):
    bar = page.locator("[data-bulk-bar]")
    assert bar.is_hidden()
    page.get_by_label("Επιλογή όλων").check()
    assert bar.locator("b").inner_text() == "3 επιλεγμένα"
    page.get_by_role("button", name="Καμία επιλογή").click()
    assert bar.is_hidden()


def test_a_row_opens_and_closes(page):
    button = page.get_by_role("button", name="Λεπτομέρειες: Δοκιμάκης Γεώργιος")
    assert page.locator("#x1").is_hidden()
    button.click()
    assert page.locator("#x1").is_visible()
    assert button.get_attribute("aria-expanded") == "true"
    button.click()
    assert page.locator("#x1").is_hidden()


def test_a_dangerous_act_waits_for_the_answer_of_its_dialog(page):
    sent = []
    page.on("request", lambda r: sent.append(r.url) if r.is_navigation_request() else None)
    ask = page.get_by_role("button", name="Απόσυρση…").last
    ask.click()
    dialog = page.get_by_role("dialog")
    assert dialog.is_visible()
    assert sent == []
    dialog.get_by_role("button", name="Άκυρο").click()
    assert dialog.count() == 0
    ask.click()
    with page.expect_navigation():
        page.get_by_role("button", name="Απόσυρση", exact=True).click()
    assert len(sent) >= 1


def test_the_summary_of_errors_has_the_focus_and_leads_to_the_field(page):
    assert page.evaluate("document.activeElement.className") == "govgr-error-summary"
    page.get_by_role("link", name="Επιλέξτε είδος απασχόλησης").click()
    assert page.evaluate("document.activeElement.id") == "id_work"


def test_the_menu_folds_on_a_phone_only(page):
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("[...document.querySelectorAll('[data-menu]')].every((d) => !d.open)")
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.evaluate("[...document.querySelectorAll('[data-menu]')].every((d) => d.open)")


def test_what_is_behind_the_bar_opens_and_closes_by_keyboard(page):
    more = page.locator("[data-more]")
    page.get_by_text("Περισσότερα").focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("link", name="Συστάδες").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("link", name="Συστάδες").is_visible()
    assert page.evaluate("document.activeElement.textContent") == "Περισσότερα"
    page.keyboard.press("Enter")
    page.locator("h1").click()
    assert more.get_attribute("open") is None


def test_a_phone_has_one_disclosure_for_the_whole_menu(page):
    page.set_viewport_size({"width": 390, "height": 800})
    assert not page.get_by_text("Περισσότερα").is_visible()
    page.get_by_text("Μενού", exact=True).click()
    assert page.get_by_role("link", name="Αρχική").is_visible()
    assert page.get_by_role("link", name="Συστάδες").is_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_every_entry_of_the_menu_is_reached_without_scripts(browser, address, width):
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    page.goto(address)
    assert page.get_by_role("link", name="Αρχική").is_visible()
    page.get_by_text("Περισσότερα").click()
    assert page.get_by_role("link", name="Συστάδες").is_visible()
    context.close()


def test_everything_can_be_read_without_scripts(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.locator("#x1").is_visible()
    assert page.locator("#id_paper").is_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 820, 1280])
def test_axe_finds_nothing_and_nothing_sticks_out(browser, address, width, scheme):
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    page.goto(address)
    page.add_script_tag(path=next(iter(Path(sys.prefix).rglob("axe.min.js"))))
    tags = "['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']"
    found = page.evaluate(f"axe.run(document, {{runOnly: {tags}}})")
    assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    context.close()
