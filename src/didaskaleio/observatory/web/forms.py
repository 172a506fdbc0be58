"""Forms of room observatory."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from didaskaleio.observatory.enums import RequestKind
from didaskaleio.observatory.models import AdHocReport


class RequestForm(forms.Form):
    """What is asked of the operating service."""

    kind = forms.ChoiceField(label="Τι ζητάτε", choices=RequestKind.choices)
    title = forms.CharField(
        label="Τίτλος", max_length=200, help_text="Με λίγα λόγια, π.χ. «Ώρες ανά Κ.Σ.Ε. και μήνα»."
    )
    text = forms.CharField(
        label="Περιγραφή",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Ποια στοιχεία, για ποιους, για ποιο διάστημα, σε τι χρησιμεύουν.",
    )
    needed_on = forms.DateField(
        label="Πότε το χρειάζεστε",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class DeliveryForm(forms.Form):
    """What is delivered: words, and a file or a report."""

    reply = forms.CharField(
        label="Τι παραδίδεται",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Το διαβάζει το πρόσωπο που το ζήτησε.",
    )
    upload = forms.FileField(
        label="Αρχείο", required=False, help_text="XLSX, PDF, ZIP ή εικόνα, έως 10 MB."
    )
    report = forms.ModelChoiceField(
        label="Αποθηκευμένη αναφορά",
        required=False,
        queryset=AdHocReport.objects.none(),
        empty_label="Καμία",
        help_text="Δίνεται ως αντίγραφο: δείχνει ό,τι βλέπει το πρόσωπο που τη ζήτησε.",
    )

    def __init__(self, own: QuerySet[AdHocReport], *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        field: Any = self.fields["report"]
        field.queryset = own.order_by("-at", "-pk")
