"""Forms of room finance; they check shape, operations check rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from didaskaleio.finance.enums import EXPIRING, BodySigns, ContractKind, PaperKind, TaxStatus
from didaskaleio.finance.models import Payee
from didaskaleio.kernel.web.numbers import EuroField
from didaskaleio.people.models import Person


def days_input() -> forms.DateInput:
    """A day that browsers choose from a calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class TaxForm(forms.Form):
    """Ταυτότητα και φορολογικά στοιχεία: the first step of the payee's facts."""

    legal_name = forms.CharField(
        label="Επωνυμία",
        max_length=200,
        required=False,
        help_text="Όπως τη γράφει η εφορία, π.χ. της σχολικής επιτροπής.",
    )
    afm = forms.CharField(label="Α.Φ.Μ.", max_length=20, required=False)
    amka = forms.CharField(label="Α.Μ.Κ.Α.", max_length=20, required=False)
    tax_office = forms.CharField(
        label="Δ.Ο.Υ.", max_length=80, required=False, help_text="Π.χ. Κοζάνης ή ΚΕ.ΦΟ.ΔΕ. Αττικής."
    )
    tax_status = forms.ChoiceField(
        label="Με ποιο παραστατικό πληρώνεστε",
        required=False,
        choices=[("", "Επιλέξτε"), *TaxStatus.choices],
    )
    address = forms.CharField(
        label="Διεύθυνση", max_length=200, required=False, help_text="Οδός, αριθμός, Τ.Κ., πόλη."
    )
    public_servant = forms.BooleanField(
        label="Υπηρετώ στο δημόσιο",
        required=False,
        help_text="Τότε χρειάζεται άδεια άσκησης ιδιωτικού έργου με αμοιβή.",
    )

    def __init__(self, payee: Payee, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        for name in ("legal_name",) if payee.person_id else ("amka", "public_servant"):
            del self.fields[name]


class AccountForm(forms.Form):
    """Λογαριασμός: the second step; the account is of the payee."""

    iban = forms.CharField(
        label="IBAN",
        max_length=40,
        required=False,
        help_text="Λογαριασμός στο όνομα του δικαιούχου, π.χ. GR16 0110 …. Τα κενά δεν πειράζουν.",
    )


class PaperForm(forms.Form):
    """Νέο δικαιολογητικό."""

    kind = forms.ChoiceField(label="Δικαιολογητικό")
    file = forms.FileField(label="Αρχείο", help_text="PDF, PNG ή JPEG έως 10 MB.")
    until = forms.DateField(
        label="Ισχύει έως",
        required=False,
        widget=days_input(),
        help_text="Για άδεια και ενημερότητες, όπως το γράφει το έγγραφο.",
    )

    def __init__(self, kinds: Iterable[PaperKind], *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["kind"]
        field.choices = [(kind.value, kind.label) for kind in kinds]

    def clean(self) -> dict[str, Any]:
        """What does not expire keeps no last day."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("kind") not in EXPIRING:
            given["until"] = None
        return given


class TemplateForm(forms.Form):
    """Υπόδειγμα σύμβασης."""

    title = forms.CharField(label="Τίτλος της σύμβασης", max_length=200)
    text = forms.CharField(
        label="Κείμενο",
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text="Παράγραφοι με κενή γραμμή ανάμεσα. Όποια αρχίζει με «Άρθρο 1» έχει την πρώτη "
        "της γραμμή για τίτλο. Οι θέσεις συμπλήρωσης μπαίνουν σε αγκύλες, π.χ. {δικαιούχος}.",
    )
    requires = forms.MultipleChoiceField(
        label="Δικαιολογητικά που χρειάζονται",
        required=False,
        choices=PaperKind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Η άδεια ιδιωτικού έργου ζητείται πάντα από όσους υπηρετούν στο δημόσιο.",
    )
    signs = forms.ChoiceField(
        label="Ποιος υπογράφει για τον φορέα",
        choices=BodySigns.choices,
        widget=forms.RadioSelect,
        help_text="Υπογράφει πριν από τον δικαιούχο. Η σφραγίδα μπαίνει μόνη της.",
    )


class NewTemplateForm(forms.Form):
    """Νέα έκδοση υποδείγματος."""

    body = forms.ChoiceField(label="Φορέας")
    kind = forms.ChoiceField(label="Είδος σύμβασης", choices=ContractKind.choices)

    def __init__(self, bodies: Iterable[Any], *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["body"]
        field.choices = [(str(body.pk), body.short_name) for body in bodies]


class TermsForm(forms.Form):
    """Όροι σύμβασης."""

    duties = forms.CharField(label="Έργο", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    hours = forms.IntegerField(
        label="Ώρες", required=False, min_value=1, max_value=5_000, help_text="Αν μετριούνται ώρες."
    )
    ceiling = EuroField(
        label="Ανώτατο ποσό σε ευρώ",
        required=False,
        help_text="Π.χ. 1.500,00. Κενό: μόνο οι αμοιβές ανά μονάδα ορίζουν το ποσό.",
    )
    starts_on = forms.DateField(label="Έναρξη", widget=days_input())
    ends_on = forms.DateField(label="Λήξη", widget=days_input())


class AmendForm(TermsForm):
    """Όροι και αιτιολογία τροποποίησης."""

    reason = forms.CharField(
        label="Γιατί τροποποιείται",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Γράφεται στο ιστορικό και τη διαβάζει ο δικαιούχος.",
    )


class PersonForm(TermsForm):
    """Νέα σύμβαση με πρόσωπο που βρέθηκε με αναζήτηση."""

    field_order = ("person", "kind")
    person = forms.ChoiceField(label="Δικαιούχος", widget=forms.RadioSelect)
    kind = forms.ChoiceField(label="Είδος σύμβασης")

    def __init__(
        self, people: Sequence[Person], kinds: Iterable[str], *args: Any, **rest: Any
    ) -> None:
        super().__init__(*args, **rest)
        chosen: Any = self.fields["person"]
        chosen.choices = [(str(one.pk), str(one)) for one in people]
        kind: Any = self.fields["kind"]
        kind.choices = [(value, ContractKind(value).label) for value in kinds]


class PeriodForm(forms.Form):
    """Ποιες συμβάσεις της περιόδου καταρτίζονται."""

    kinds = forms.MultipleChoiceField(
        label="Είδη συμβάσεων", widget=forms.CheckboxSelectMultiple, choices=()
    )

    def __init__(self, counts: Iterable[tuple[ContractKind, str]], *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["kinds"]
        field.choices = [(kind.value, words) for kind, words in counts]
