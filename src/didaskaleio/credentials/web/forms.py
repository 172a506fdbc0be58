"""Forms of the public check."""

from __future__ import annotations

from typing import Any

from django import forms

from didaskaleio.credentials.operations import normal_code
from didaskaleio.kernel import files

LIMIT = 10 * files.MEGABYTE


class VerifyForm(forms.Form):
    """A code, the text of a QR, or the PDF itself."""

    code = forms.CharField(
        label="Κωδικός επαλήθευσης",
        required=False,
        max_length=40,
        help_text="Δώδεκα χαρακτήρες, όπως τυπώνονται δίπλα στο QR, π.χ. 7K2M-Q9XD-4HTB.",
    )
    file = forms.FileField(label="Ή το αρχείο PDF", required=False, help_text="PDF, έως 10 MB.")
    qr = forms.CharField(
        label="Ή το κείμενο του QR",
        required=False,
        max_length=4_000,
        help_text="Αρχίζει με DID1:. Ελέγχεται και χωρίς αυτή τη σελίδα.",
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        return normal_code(self.cleaned_data["code"])

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload and upload.size > LIMIT:
            raise forms.ValidationError("Το αρχείο ξεπερνά τα 10 MB. Επιλέξτε μικρότερο αρχείο.")
        return upload

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not any(data.get(name) for name in ("code", "file", "qr")):
            raise forms.ValidationError("Γράψτε τον κωδικό ή επιλέξτε το αρχείο της βεβαίωσης.")
        return data
