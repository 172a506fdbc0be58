"""Answers as people read them."""

from __future__ import annotations

import pytest

from didaskaleio.kernel.forms import wording
from tests.kernel.forms.fixtures import DEFINITION


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("name", "Ελένη", "Ελένη"),
        ("certificate", "yes", "Ναι"),
        ("certificate_file", {"file": "k", "name": "p.pdf", "until": ""}, "p.pdf"),
        ("degrees", ["phd", "master"], "Διδακτορικό, Μεταπτυχιακό"),
        ("language", {"en": "c2", "fr": "b2"}, "Αγγλικά: Γ2· Γαλλικά: Β2"),
        ("hired", "2004-09-01", "Τετάρτη 1 Σεπτεμβρίου 2004"),
        ("hours", "1420.5", "1.420,5 ώρες"),
        ("programmes", [{"title": "Β1", "year": "2019"}], "Β1, , 2019"),
        ("ready", "4", "4"),
        ("truth", True, "Ναι"),
        ("truth", False, ""),
        ("language", {}, ""),
        ("degrees", [], ""),
        ("plan", None, ""),
    ],
)
def test_an_answer_of_each_kind_is_said_in_words(key, value, words):
    assert wording.answer(DEFINITION.question(key), value) == words
