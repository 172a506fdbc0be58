"""Forms of room people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import forms as auth_forms

from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal
from didaskaleio.people import operations
from didaskaleio.people.enums import IdentifierKind, Role, Scope
from didaskaleio.people.queries import rights

ALL = [("", "Όλα")]
MOST_SHOWN = 30  # beyond these a place is searched for


class LoginForm(auth_forms.AuthenticationForm):
    """Σύνδεση."""

    error_messages = {
        "invalid_login": "Το όνομα χρήστη ή ο κωδικός δεν ταιριάζουν. Ελέγξτε τα πεζά και τα "
        "κεφαλαία και δοκιμάστε ξανά.",
        "inactive": "Ο λογαριασμός είναι κλειστός. Απευθυνθείτε στην υπηρεσία λειτουργίας.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Όνομα χρήστη"
        self.fields["password"].label = "Κωδικός πρόσβασης"


DIFFER = {"password_mismatch": "Οι δύο κωδικοί διαφέρουν. Γράψτε τους ξανά."}
WRONG = {"password_incorrect": "Ο τωρινός κωδικός δεν είναι σωστός. Γράψτε τον ξανά."}


def _name_passwords(form: forms.Form) -> None:
    """The words of the house for what Django calls by another name."""
    form.fields["new_password1"].label = "Νέος κωδικός πρόσβασης"
    form.fields["new_password2"].label = "Ξανά ο ίδιος κωδικός"
    form.fields["new_password2"].help_text = ""


class NewPasswordForm(auth_forms.SetPasswordForm):  # type: ignore[type-arg]
    """Νέος κωδικός, χωρίς τον παλιό."""

    error_messages = {**auth_forms.SetPasswordForm.error_messages, **DIFFER}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_passwords(self)


class PasswordChangeForm(auth_forms.PasswordChangeForm):
    """Νέος κωδικός από όποιον γνωρίζει τον τωρινό."""

    error_messages = {**auth_forms.PasswordChangeForm.error_messages, **DIFFER, **WRONG}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "Τωρινός κωδικός πρόσβασης"
        _name_passwords(self)


class PasswordResetForm(auth_forms.PasswordResetForm):
    """Η διεύθυνση στην οποία στέλνεται σύνδεσμος."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "Ηλεκτρονικό ταχυδρομείο"


class IdentifierForm(forms.Form):
    """Συμπλήρωση αναγνωριστικού που λείπει."""

    kind = forms.ChoiceField(label="Αναγνωριστικό")
    value = forms.CharField(
        label="Τιμή", max_length=40, help_text="Ελέγχεται το ψηφίο ελέγχου μόλις το αποθηκεύσετε."
    )

    def __init__(self, held: set[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        missing = [(k.value, str(k.label)) for k in IdentifierKind if k.value not in held]
        self.fields["kind"].choices = missing  # type: ignore[attr-defined]


def identifier_field(kind: IdentifierKind) -> forms.CharField:
    """Προαιρετικό αναγνωριστικό, που ελέγχεται με το ψηφίο του."""
    return forms.CharField(label=str(kind.label), max_length=40, required=False)


class DetailsForm(forms.Form):
    """Στοιχεία λογαριασμού: ονόματα και διεύθυνση."""

    surname = forms.CharField(label="Επώνυμο", max_length=80)
    given_name = forms.CharField(label="Όνομα", max_length=80)
    father_name = forms.CharField(label="Πατρώνυμο", max_length=80, required=False)
    email = forms.EmailField(
        label="Ηλεκτρονικό ταχυδρομείο",
        help_text="Εκεί στέλνονται οι ειδοποιήσεις και ο σύνδεσμος για τον κωδικό πρόσβασης.",
    )


class AccountForm(DetailsForm):
    """Νέος λογαριασμός: και το όνομα χρήστη, και όσα αναγνωριστικά είναι γνωστά."""

    username = forms.RegexField(
        r"^[a-z0-9][a-z0-9._-]{2,59}$",
        label="Όνομα χρήστη",
        help_text="Από 3 έως 60 πεζοί λατινικοί χαρακτήρες, ψηφία, τελεία, παύλα.",
        error_messages={
            "invalid": "Το όνομα χρήστη έχει από 3 έως 60 πεζούς λατινικούς χαρακτήρες, ψηφία, "
            "τελεία ή παύλα. Διορθώστε το."
        },
    )
    afm = identifier_field(IdentifierKind.AFM)
    am = identifier_field(IdentifierKind.AM)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for kind in ("afm", "am"):
            if value := found.get(kind):
                try:
                    operations.VALIDATORS[kind](value)
                except Refusal as refusal:
                    self.add_error(kind, str(refusal))
        return found

    def facts(self) -> dict[str, Any]:
        """The arguments of ``operations.open_account``."""
        names = ("username", "surname", "given_name", "father_name", "email")
        given = {kind: self.cleaned_data[kind] for kind in ("afm", "am")}
        identifiers = {kind: value for kind, value in given.items() if value}
        return {name: self.cleaned_data[name] for name in names} | {"identifiers": identifiers}


class RightsFilter(forms.Form):
    """Φίλτρα του καταλόγου δικαιωμάτων."""

    q = forms.CharField(
        label="Πρόσωπο",
        required=False,
        max_length=80,
        help_text="Επώνυμο και όνομα, Α.Φ.Μ. ή όνομα χρήστη",
    )
    role = forms.ChoiceField(label="Ρόλος", required=False, choices=[*ALL, *Role.choices])
    scope = forms.ChoiceField(label="Εμβέλεια", required=False, choices=[*ALL, *Scope.choices])
    ended = forms.BooleanField(label="Και όσα έχουν λήξει", required=False)


class GrantForm(forms.Form):
    """Απόδοση δικαιώματος: where it holds, and why; the role was chosen before."""

    role = forms.ChoiceField(widget=forms.HiddenInput)
    where = forms.ChoiceField(label="Πού ισχύει")
    reason = forms.CharField(
        label="Αιτιολογία",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Π.χ. απόφαση ορισμού με αριθμό και ημερομηνία. Μένει στο ιστορικό.",
    )

    def __init__(self, actor: Actor, role: str, words: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"role": role}, **kwargs})
        places = rights.grantable_scopes(actor, role)
        self.many = sum(len(choices) for _kind, choices in places) > MOST_SHOWN
        if self.many and (words or not self.is_bound):
            places = rights.named(places, words)
        own: Any = self.fields
        own["role"].choices = rights.grantable_roles(actor)
        own["where"].choices = places
        self.found = sum(len(choices) for _kind, choices in places)

    def target(self) -> dict[str, Any]:
        """The arguments of ``operations.grant``."""
        kind, _, pk = self.cleaned_data["where"].partition(":")
        return {
            "role": self.cleaned_data["role"],
            "scope": kind,
            "scope_id": int(pk) if pk else None,
            "reason": self.cleaned_data["reason"],
        }
