"""Forms of the public check: a code, a file, or the text of a QR."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from didaskaleio.credentials.operations import normal_code
from didaskaleio.kernel import files
from didaskaleio.people.models import Person

LIMIT = 10 * files.MEGABYTE
CERTIFICATE = 64 * 1024


class CodeForm(forms.Form):
    """The verification code, however it is typed."""

    code = forms.CharField(
        label="Κωδικός επαλήθευσης",
        max_length=40,
        help_text="Δώδεκα χαρακτήρες, όπως τυπώνονται δίπλα στο QR, π.χ. 7K2M-Q9XD-4HTB.",
        error_messages={"required": "Γράψτε τον κωδικό ή επιλέξτε το αρχείο της βεβαίωσης."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        code = normal_code(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError("Γράψτε τα γράμματα και τους αριθμούς του κωδικού.")
        return code


class FileForm(forms.Form):
    """The PDF itself."""

    file = forms.FileField(label="Αρχείο PDF της βεβαίωσης", help_text="PDF, έως 10 MB.")

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > LIMIT:
            raise forms.ValidationError("Το αρχείο ξεπερνά τα 10 MB. Επιλέξτε μικρότερο αρχείο.")
        return upload


class TextForm(forms.Form):
    """What a reader of QR codes shows."""

    qr = forms.CharField(
        label="Κείμενο του QR",
        max_length=4_000,
        help_text="Αρχίζει με DID1:. Ελέγχεται και χωρίς αυτή τη σελίδα.",
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
    )


class SignedFileForm(forms.Form):
    """The document as a program of signatures gave it back."""

    file = forms.FileField(
        label="Υπογεγραμμένο αρχείο",
        help_text="Το ίδιο PDF με την υπογραφή σας, έως 20 MB.",
        error_messages={"required": "Επιλέξτε το αρχείο που υπογράψατε."},
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
    )


class ReplaceForm(forms.Form):
    """Another person of the same post, and why."""

    person = forms.ChoiceField(
        label="Ποιο πρόσωπο υπογράφει",
        widget=forms.RadioSelect,
        error_messages={"required": "Επιλέξτε το πρόσωπο που θα υπογράψει."},
    )
    reason = forms.CharField(
        label="Λόγος",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Τον διαβάζουν και τα δύο πρόσωπα· γράφεται στο ιστορικό.",
        error_messages={"required": "Γράψτε γιατί αλλάζει το πρόσωπο."},
    )

    def __init__(self, people: Sequence[Person], *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        chosen: Any = self.fields["person"]
        chosen.choices = [(str(one.pk), str(one)) for one in people]


class RootForm(forms.Form):
    """The certificate of an authority, PEM or DER."""

    file = forms.FileField(
        label="Πιστοποιητικό αρχής",
        help_text="Αρχείο .crt, .cer ή .pem, έως 64 KB. Η ισχύς διαβάζεται από το ίδιο.",
        error_messages={"required": "Επιλέξτε το αρχείο του πιστοποιητικού."},
    )
    name = forms.CharField(
        label="Όνομα στον κατάλογο",
        required=False,
        max_length=300,
        help_text="Αν μείνει κενό, όπως το γράφει το πιστοποιητικό.",
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > CERTIFICATE:
            raise forms.ValidationError("Το αρχείο ξεπερνά τα 64 KB: δεν είναι πιστοποιητικό.")
        return upload
