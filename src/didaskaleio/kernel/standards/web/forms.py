"""Forms of standards: whose, for which stage and roles, the text, a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from didaskaleio.kernel.forms.operations import Owner
from didaskaleio.kernel.standards import stages


def _roles() -> list[tuple[str, str]]:
    """Every role that some stage has, by its Greek label."""
    found = {role: label for stage in stages.known.values() for role, label in stage.roles}
    return sorted(found.items(), key=lambda pair: pair[1])


class TextForm(forms.Form):
    """Το κείμενο μιας έκδοσης."""

    text = forms.CharField(
        label="Κείμενο",
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Σύντομες παράγραφοι, με μια κενή γραμμή ανάμεσα. Τα υποδείγματα μπαίνουν ως "
        "συνημμένα.",
    )
    demanded = forms.BooleanField(
        label="Ζητείται δήλωση ότι διαβάστηκε, πριν από τις πράξεις του σταδίου", required=False
    )


class NewForm(TextForm):
    """Νέο πρότυπο: τίτλος, σε ποιον ανήκει, στάδιο και ρόλοι."""

    title = forms.CharField(label="Τίτλος", max_length=200)
    owner = forms.ChoiceField(label="Εκδίδει")
    stage = forms.ChoiceField(label="Στάδιο")
    roles = forms.MultipleChoiceField(
        label="Ρόλοι",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Κανένας σημειωμένος: αφορά όλα τα πρόσωπα του σταδίου.",
    )
    field_order = ("title", "owner", "stage", "roles", "text", "demanded")

    def __init__(self, owners: Mapping[str, Owner], *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        choices: dict[str, list[tuple[str, str]]] = {
            "owner": [(key, owner.name) for key, owner in owners.items()],
            "stage": [(stage.name, stage.title) for stage in stages.known.values()],
            "roles": _roles(),
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]


class FileForm(forms.Form):
    """Συνημμένο μιας έκδοσης που συντάσσεται."""

    title = forms.CharField(label="Τίτλος", max_length=200)
    file = forms.FileField(label="Αρχείο", help_text="PDF, ZIP ή εικόνα, έως 20 MB.")
