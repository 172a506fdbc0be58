"""Πεδίο φόρμας στην οθόνη: a bound field with its label, hint and errors tied together.

The classes and ARIA attributes of every form are decided here, so forms need not name any.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BoundField

DJANGOS_ROWS = "10"  # what a Textarea has when its form did not say: too tall for a remark
CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)


def kind_of(field: BoundField) -> str:
    """Which template draws the field: hidden, choices, check, file or input."""
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if isinstance(widget, CHOICES):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    return "file" if isinstance(widget, forms.FileInput) else "input"


def field_id(field: BoundField) -> str:
    """The id that a link of the error summary leads to: the first thing that can be typed in."""
    first = "_0" if isinstance(field.field.widget, CHOICES) else ""
    return f"{field.id_for_label or field.auto_id}{first}"


def _described_by(field: BoundField) -> str:
    parts = [f"hint-{field.auto_id}"] if field.help_text else []
    return " ".join(parts + ([f"error-{field.auto_id}"] if field.errors else []))


def _attributes(field: BoundField, kind: str) -> dict[str, str | bool]:
    given = str(field.field.widget.attrs.get("class", ""))
    own = {"input": "d-input", "file": "d-file"}.get(kind, "")
    attributes: dict[str, str | bool] = {}
    if own or given:
        attributes["class"] = f"{own} {given}".strip()
    if str(field.field.widget.attrs.get("rows")) == DJANGOS_ROWS:
        attributes["rows"] = "5"
    if kind != "choices" and (described := _described_by(field)):
        attributes["aria-describedby"] = described
    if field.errors and kind != "choices":
        attributes["aria-invalid"] = "true"
    return attributes


def shown(field: BoundField) -> dict[str, Any]:
    """What the template of a field needs."""
    kind = kind_of(field)
    return {
        "field": field,
        "kind": kind,
        "id": field.auto_id,
        "target": field_id(field),
        "control": "" if kind == "choices" else field.as_widget(attrs=_attributes(field, kind)),
        "options": list(field.subwidgets) if kind == "choices" else [],
        "described": _described_by(field),
        # of a search nothing has to be filled in: saying so at every field is noise
        "optional": not field.field.required
        and kind != "check"
        and not getattr(field.form, "is_search", False),
    }


def problems(form: Any) -> list[tuple[str, str]]:
    """Every error of a form, formset or list of forms as (id of the field or empty, text)."""
    if isinstance(form, list | tuple):
        return [found for each in form for found in problems(each)]
    if hasattr(form, "forms"):
        whole = [("", str(text)) for text in form.non_form_errors()]
        return whole + problems(list(form.forms))
    found = [("", str(text)) for text in form.non_field_errors()]
    for field in form:
        found += [(field_id(field), str(text)) for text in field.errors]
    return found
