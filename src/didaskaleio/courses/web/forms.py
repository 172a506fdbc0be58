"""Forms of room courses; they check shape, operations check rules."""

from __future__ import annotations

from typing import Any

from django import forms

from didaskaleio.courses import profiles
from didaskaleio.courses.enums import MaterialKind
from didaskaleio.courses.models import CourseVersion
from didaskaleio.structures.models import Cluster

AREA = forms.Textarea(attrs={"rows": 6})


class TextsForm(forms.ModelForm):  # type: ignore[type-arg]
    """Texts and hours of a version."""

    class Meta:
        model = CourseVersion
        fields = (
            "purpose",
            "content",
            "providers",
            "hours_total",
            "hours_face_to_face",
            "hours_synchronous",
            "hours_asynchronous",
            "hours_support",
            "certification_method",
            "change_log",
        )
        labels = {
            "purpose": "Σκοπός",
            "content": "Περιεχόμενο",
            "providers": "Φορείς παροχής",
            "hours_total": "Διδακτικές ώρες, σύνολο",
            "hours_face_to_face": "Διά ζώσης ώρες",
            "hours_synchronous": "Σύγχρονες ώρες",
            "hours_asynchronous": "Ασύγχρονες ώρες",
            "hours_support": "Ώρες υποστήριξης",
            "certification_method": "Τρόπος πιστοποίησης",
            "change_log": "Τι αλλάζει σε αυτή την έκδοση",
        }


class MaterialForm(forms.Form):
    """A piece of material that is foreseen."""

    kind = forms.ChoiceField(label="Είδος υλικού", choices=MaterialKind.choices)
    title = forms.CharField(label="Τίτλος", max_length=200)
    cluster = forms.ModelChoiceField(
        label="Συστάδα", queryset=Cluster.objects.order_by("order"), required=False,
        empty_label="Για όλες",
    )  # fmt: skip


class UploadForm(forms.Form):
    """The file of a piece of material."""

    file = forms.FileField(label="Αρχείο", help_text="PDF, ZIP ή εικόνα, έως 50 MB.")
    ready = forms.BooleanField(label="Το υλικό είναι έτοιμο", required=False)


def rules_of(data: Any) -> list[dict[str, Any]]:
    """The rules of a profile as the form posts them: one tick and the options of each kind."""
    found: list[dict[str, Any]] = []
    for kind, rule in profiles.KINDS.items():
        if not data.get(f"use-{kind}"):
            continue
        row: dict[str, Any] = {"kind": kind}
        if rule.needs_any:
            row["any"] = data.getlist(f"any-{kind}")
        excepted = [word.strip() for word in data.get(f"except-{kind}", "").split(",")]
        if any(excepted):
            row["except"] = [word for word in excepted if word]
        if (article := data.get(f"article-{kind}", "")).isdigit():
            row["article"] = int(article)
        found.append(row)
    return found


def shown_rules(stored: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every kind of rule with what the profile says of it now: for the form."""
    held = {row["kind"]: row for row in stored}
    return [
        {
            "kind": kind,
            "title": rule.title,
            "used": kind in held,
            "options": [
                (value, label, value in held.get(kind, {}).get("any", ()))
                for value, label in rule.needs_any.items()
            ],
            "article": held.get(kind, {}).get("article", ""),
            "except": ", ".join(held.get(kind, {}).get("except", ())),
        }
        for kind, rule in profiles.KINDS.items()
    ]
