"""Forms of payments; they check shape, operations check rules."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from didaskaleio.finance.enums import BY_HAND, ContractKind, Quorum, TaxStatus, TermKind, Unit
from didaskaleio.finance.models import Payee, PayingAccount
from didaskaleio.finance.queries.payees import payees
from didaskaleio.finance.web.forms import days_input
from didaskaleio.kernel.web.numbers import EuroField
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Person, Post
from didaskaleio.programmes.models import TrainingAction

NONE = [("", "–")]
STAFF = (Role.BODY_OFFICER, Role.BODY_HEAD, Role.PLANNER, Role.REGISTRAR)


class TermForm(forms.Form):
    """Νέα έκδοση όρου αμοιβής."""

    kind = forms.ChoiceField(label="Τι ορίζει", choices=TermKind.choices)
    unit = forms.ChoiceField(
        label="Μονάδα", choices=NONE + Unit.choices, required=False, help_text="Για αποζημίωση."
    )
    role = forms.ChoiceField(
        label="Ρόλος",
        choices=NONE + ContractKind.choices,
        required=False,
        help_text="Για αποζημίωση και για όρια ωρών· κενό στα όρια σημαίνει κάθε ρόλο.",
    )
    title = forms.CharField(
        label="Όνομα κράτησης",
        max_length=80,
        required=False,
        help_text="Για κράτηση, π.χ. Παρακράτηση φόρου.",
    )
    tax_status = forms.ChoiceField(
        label="Φορολογική ιδιότητα",
        choices=NONE + TaxStatus.choices,
        required=False,
        help_text="Για κράτηση που δεν αφορά όλους.",
    )
    value = EuroField(
        label="Τιμή", help_text="Ευρώ, ώρες ή ποσοστό, ανάλογα με το τι ορίζει, π.χ. 25,50."
    )
    valid_from = forms.DateField(label="Ισχύει από", widget=days_input())
    reason = forms.CharField(
        label="Απόφαση",
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text="Με ποια απόφαση ορίζεται. Γράφεται στο ιστορικό.",
    )


class EntryForm(forms.Form):
    """Έργο από έγγραφο."""

    payee: Any = forms.ModelChoiceField(queryset=None, label="Δικαιούχος", empty_label="Επιλέξτε")
    unit = forms.ChoiceField(label="Μονάδα", choices=[(u.value, u.label) for u in BY_HAND])
    role = forms.ChoiceField(label="Ρόλος", choices=ContractKind.choices, initial="marker")
    quantity = EuroField(label="Ποσότητα", help_text="Π.χ. 40 γραπτά ή 2 επιτηρήσεις.")
    worked_on = forms.DateField(label="Ημέρα του έργου", widget=days_input())
    title = forms.CharField(
        label="Περιγραφή", max_length=150, help_text="Π.χ. Γραπτά της εξεταστικής Μαΐου."
    )
    file = forms.FileField(label="Έγγραφο που το δείχνει", help_text="PDF, PNG ή JPEG έως 10 MB.")

    def __init__(self, action: TrainingAction, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["payee"]
        field.queryset = payees_of(action)


class InvoiceForm(forms.Form):
    """Παραστατικό δαπάνης."""

    number = forms.CharField(label="Σειρά και αριθμός", max_length=40)
    issued_on = forms.DateField(label="Ημερομηνία έκδοσης", widget=days_input())
    amount = EuroField(
        label="Ποσό σε €", help_text="Το σύνολο του παραστατικού, με τον ΦΠΑ όπου οφείλεται."
    )
    file = forms.FileField(label="Παραστατικό", help_text="PDF, PNG ή JPEG έως 10 MB.")


class WorkSheetForm(forms.Form):
    """Φύλλο έργου."""

    file = forms.FileField(
        label="Φύλλο",
        help_text="CSV, XLSX ή XLS έως 1 MB, με επικεφαλίδες «Α.Φ.Μ.», «Κωδικός», «Μονάδα», "
        "«Ποσότητα», «Ημέρα»· προαιρετικά «Ρόλος», «Περιγραφή».",
    )


def payees_of(action: TrainingAction) -> QuerySet[Payee]:
    """Whom the body of the action may pay."""
    return payees().filter(body=action.body_id)


class CommitteeForm(forms.Form):
    """Συγκρότηση επιτροπής παραλαβής."""

    title = forms.CharField(label="Όνομα", max_length=200, initial="Επιτροπή παραλαβής")
    decision = forms.CharField(label="Απόφαση συγκρότησης", max_length=80)
    quorum = forms.ChoiceField(label="Υπογράφουν", choices=Quorum.choices)
    valid_from = forms.DateField(label="Θητεία από", widget=days_input())
    valid_until = forms.DateField(label="Θητεία έως", widget=days_input())
    presides: Any = forms.ModelChoiceField(
        queryset=None, label="Προεδρεύει", empty_label="Επιλέξτε"
    )
    members: Any = forms.ModelMultipleChoiceField(
        queryset=None,
        label="Άλλα μέλη",
        widget=forms.CheckboxSelectMultiple,
        help_text="Τουλάχιστον δύο ακόμη, από όσους έχουν θέση στον φορέα.",
    )

    def __init__(self, action: TrainingAction, at: datetime, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        for name in ("presides", "members"):
            field: Any = self.fields[name]
            field.queryset = staff_of(action, at)

    @property
    def people(self) -> list[Person]:
        """Who presides first, then the others, each once."""
        found = [self.cleaned_data["presides"], *self.cleaned_data["members"]]
        return list({person.pk: person for person in found}.values())


def staff_of(action: TrainingAction, at: datetime) -> QuerySet[Person]:
    """Who holds a post of the body now, by name."""
    posts = Post.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=at),
        role__in=STAFF,
        scope=Scope.BODY,
        scope_id=action.body_id,
    )
    found = Person.objects.filter(pk__in=posts.values("person_id"), is_active=True)
    return found.order_by("sort_key", "pk")


class AccountForm(forms.Form):
    """Λογαριασμός πληρωμών του φορέα."""

    title = forms.CharField(label="Όνομα", max_length=80, help_text="Π.χ. Λογαριασμός της πράξης.")
    iban = forms.CharField(label="IBAN", max_length=40)
    bic = forms.RegexField(
        r"^[A-Za-z0-9]{4}[A-Za-z]{2}[A-Za-z0-9]{2}([A-Za-z0-9]{3})?$",
        label="BIC",
        required=False,
        help_text="8 ή 11 χαρακτήρες· μπορεί να μείνει κενό.",
    )


class OrderForm(forms.Form):
    """Σύνταξη εντολής πληρωμής."""

    account: Any = forms.ModelChoiceField(queryset=None, label="Λογαριασμός", empty_label=None)
    execution_on = forms.DateField(label="Ημέρα εκτέλεσης", widget=days_input())

    def __init__(self, action: TrainingAction, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["account"]
        field.queryset = PayingAccount.objects.filter(body=action.body_id).order_by("title", "pk")


class BankDayForm(forms.Form):
    """Ημέρα που πλήρωσε η τράπεζα."""

    bank_on = forms.DateField(label="Ημέρα της τράπεζας", widget=days_input())
