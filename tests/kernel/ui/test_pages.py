"""Step buttons, the page of components, pages of errors.

Shows: R-167.
"""

from __future__ import annotations

import re

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from tests.kernel.ui.drawing import drawn


def test_step_buttons_post_and_ask_for_a_reason_without_scripts():
    steps = [
        {"name": "accept", "label": "Αποδοχή", "url": "/a/", "primary": True},
        {"name": "return", "label": "Επιστροφή", "url": "/r/", "needs_reason": True},
        {"name": "drop", "label": "Διαγραφή", "url": "/d/", "danger": True},
    ]
    html = drawn('{% include "kernel/step_buttons.html" %}', steps=steps)
    assert html.count("<form") == 3
    assert html.count("govgr-btn-primary") == 1
    assert '<textarea class="d-input" id="reason-return" name="reason"' in html
    assert " required " in html
    assert 'data-confirm="sure-drop"' in html
    assert '<dialog class="dialog" id="sure-drop"' in html


def test_no_steps_draw_nothing():
    source = Template('{% include "kernel/step_buttons.html" %}')
    assert source.render(Context({"steps": []})).strip() == ""


def test_the_page_of_components_shows_them_all_without_inline_style_or_script():
    request = RequestFactory().get("/components/")
    context = {"request": request, "actor": None, "footer_links": ()}
    html = Template('{% extends "kernel/components.html" %}').render(Context(context))
    assert '<html lang="el">' in html
    assert "Χάρτης πλακιδίων" in html
    assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\ssrc=)", html)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_an_error_page_says_in_greek_what_to_do_next(name):
    from django.template.loader import render_to_string

    html = render_to_string(f"{name}.html", {})
    assert '<html lang="el">' in html
    assert 'href="/">Αρχική σελίδα</a>' in html
