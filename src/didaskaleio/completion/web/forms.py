"""Forms of room completion."""

from __future__ import annotations

from django import forms

from didaskaleio.completion.operations import LARGEST
from didaskaleio.completion.queries import dossiers
from didaskaleio.kernel import files


class ReasonForm(forms.Form):
    """Why an attestation is replaced: the journal and the person read it."""

    reason = forms.CharField(
        label="Αιτιολογία",
        max_length=2_000,
        help_text="Π.χ. «Διορθώθηκε το επώνυμο». Γράφεται στο ιστορικό και τη διαβάζει το πρόσωπο.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


ASKED_FOR_AUDITS = frozenset(
    {"delivery.sheets", "completion.attestations", "finance.contracts", "finance.payments"}
)
WHY = "Π.χ. «Αίτημα αρχής ελέγχου, αρ. πρωτ. 123». Γράφεται στο ιστορικό και στον κατάλογο."
LIMIT = 200 * files.MEGABYTE


class PackForm(forms.Form):
    """Why the dossier of a programme is packed."""

    reason = forms.CharField(label="Για ποιον λόγο ζητείται", max_length=300, help_text=WHY)


class AuditForm(PackForm):
    """The sample of an audit pack: which parts, of how many programmes, by which seed."""

    parts = forms.MultipleChoiceField(
        label="Τι περιέχει",
        widget=forms.CheckboxSelectMultiple,
        help_text="Μόνο όσα χρειάζονται για τον έλεγχο: οι συμβάσεις έχουν και Α.Φ.Μ.",
        error_messages={"required": "Επιλέξτε τουλάχιστον μία ενότητα."},
    )
    size = forms.IntegerField(
        label="Προγράμματα στο δείγμα", min_value=1, max_value=LARGEST, initial=5
    )
    seed = forms.CharField(
        label="Σπόρος",
        required=False,
        max_length=64,
        help_text="Με τον ίδιο σπόρο βγαίνει το ίδιο δείγμα. Αν μείνει κενό, δίνεται τυχαίος.",
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [(part.name, part.title) for part in dossiers.parts()]
        self.fields["parts"].choices = choices  # type: ignore[attr-defined]
        self.fields["parts"].initial = [
            name for name, _title in choices if name in ASKED_FOR_AUDITS
        ]


class ArchiveForm(forms.Form):
    """The archive that somebody was given."""

    file = forms.FileField(
        label="Αρχείο ZIP του πακέτου",
        help_text=f"Όπως το λάβατε, έως {LIMIT // files.MEGABYTE} MB. Δεν αποθηκεύεται.",
        error_messages={"required": "Επιλέξτε το αρχείο ZIP που θέλετε να ελέγξετε."},
        widget=forms.ClearableFileInput(attrs={"accept": ".zip,application/zip"}),
    )

    def clean_file(self) -> object:
        upload = self.cleaned_data["file"]
        if upload.size > LIMIT:
            raise forms.ValidationError(
                f"Το αρχείο ξεπερνά τα {LIMIT // files.MEGABYTE} MB. Δεν είναι πακέτο δικό μας."
            )
        return upload
