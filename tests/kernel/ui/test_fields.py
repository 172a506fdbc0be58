"""Fields and the summary of errors: labels, hints and errors tied to their control.

Shows: R-167.
"""

from __future__ import annotations

from django import forms
from django.utils.html import escape

from tests.kernel.ui.drawing import HOSTILE, drawn


class AllKinds(forms.Form):
    name = forms.CharField(label="Όνομα", help_text="Όπως στην ταυτότητα")
    size = forms.ChoiceField(
        label="Μέγεθος", choices=[("s", "μικρό"), ("l", HOSTILE)], widget=forms.RadioSelect
    )
    remark = forms.CharField(label="Παρατήρηση", required=False, widget=forms.Textarea)
    paper = forms.FileField(label="Αρχείο", required=False)
    sure = forms.BooleanField(label="Συμφωνώ")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_field_ties_label_hint_and_error_to_its_control():
    form = AllKinds({})
    html = drawn("{% field f %}", f=form["name"])
    assert '<label for="id_name">Όνομα</label>' in html
    assert '<span class="d-hint" id="hint-id_name">Όπως στην ταυτότητα</span>' in html
    assert 'id="error-id_name"' in html
    assert 'aria-describedby="hint-id_name error-id_name"' in html
    assert 'aria-invalid="true"' in html
    assert 'class="d-input"' in html


def test_a_field_without_error_is_not_marked_invalid():
    html = drawn("{% field f %}", f=AllKinds()["name"])
    assert "aria-invalid" not in html
    assert "d-field--bad" not in html


def test_a_field_that_may_stay_empty_says_so():
    assert "(προαιρετικά)" in drawn("{% field f %}", f=AllKinds()["remark"])
    assert "(προαιρετικά)" not in drawn("{% field f %}", f=AllKinds()["name"])


def test_choices_are_a_group_with_a_legend():
    html = drawn("{% field f %}", f=AllKinds({"size": "s"})["size"])
    assert html.startswith('<fieldset class="d-field"><legend>Μέγεθος</legend>')
    assert '<label class="d-check" for="id_size_0"><input type="radio"' in html
    assert escape(HOSTILE) in html
    assert "<script" not in html


def test_a_file_field_is_a_place_to_drop_on_and_to_choose():
    html = drawn("{% field f %}", f=AllKinds()["paper"])
    assert 'class="d-drop" data-drop' in html
    assert 'for="id_paper">Επιλογή αρχείου</label>' in html
    assert 'class="d-file"' in html


def test_a_checkbox_stands_before_its_label_and_a_hidden_field_alone():
    html = drawn("{% field f %}", f=AllKinds()["sure"])
    assert html.index('type="checkbox"') < html.index("Συμφωνώ")
    assert drawn("{% field f %}", f=AllKinds()["secret"]).strip() == (
        '<input type="hidden" name="secret" id="id_secret">'
    )


def test_the_summary_of_errors_leads_to_every_wrong_field():
    html = drawn("{% errors form %}", form=AllKinds({"name": "Α"}))
    assert "Διορθώστε 2 σημεία" in html
    assert 'href="#id_size_0"' in html
    assert 'href="#id_sure"' in html
    assert 'role="alert"' in html


def test_the_summary_speaks_of_one_error_in_the_singular():
    form = AllKinds({"name": "Α", "size": "s", "sure": "on"})
    form.add_error(None, "Η προθεσμία έληξε")
    html = drawn("{% errors form %}", form=form)
    assert "Διορθώστε 1 σημείο<" in html
    assert "<li>Η προθεσμία έληξε</li>" in html


def test_a_form_without_errors_has_no_summary():
    form = AllKinds({"name": "Α", "size": "s", "sure": "on"})
    assert drawn("{% errors form %}", form=form).strip() == ""


def test_the_errors_of_a_formset_are_gathered():
    formset = forms.formset_factory(AllKinds, extra=0)(
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2"}
    )
    html = drawn("{% errors formset %}", formset=formset)
    assert "Διορθώστε 6 σημεία" in html
    assert 'href="#id_form-1-name"' in html
