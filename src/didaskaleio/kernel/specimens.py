"""Δείγματα: what the page of components shows; persons, schools and figures are invented."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms

from didaskaleio.kernel.paging import Paginator

NOW = datetime(2023, 2, 15, 14, 52, tzinfo=UTC)
PROGRAMME = (
    ("Πρόχειρο", ""),
    ("Προς έλεγχο", "info"),
    ("Επιστράφηκε", "bad"),
    ("Εγκρίθηκε", "good"),
    ("Δέχεται αιτήσεις", "move"),
    ("Κληρώθηκε", "info"),
    ("Συμπληρώνεται", "wait"),
    ("Βιώσιμο", "good"),
    ("Ακυρώθηκε", ""),
)
APPLICATION = (
    ("Πρόχειρο", "wait"),
    ("Υποβλήθηκε", "info"),
    ("Επιτυχία", "good"),
    ("Αναμονή θέσης", "wait"),
    ("Χωρίς θέση", "bad"),
    ("Εγγράφηκε", "good"),
    ("Αποσύρθηκε", ""),
)
PHASES = (
    ("Α΄ φάση", "6–17 Φεβρουαρίου", "αιτήσεις", "done"),
    ("Κλήρωση", "20 Φεβρουαρίου, 12:00", "δημόσια", "done"),
    ("Β΄ φάση", "21–23 Φεβρουαρίου", "σειρά χρόνου", "now"),
    ("Εγγραφές", "24 Φεβρουαρίου–2 Μαρτίου", "δήλωση αποδοχής", "next"),
    ("Έναρξη", "6 Μαρτίου", "15 εβδομάδες", "next"),
)
STEPS = ("Τα στοιχεία μου", "Προϋποθέσεις", "Προτιμήσεις", "Έλεγχος", "Υποβολή")
VALUES = {
    "FLO": 2,
    "KOZ": 8,
    "THS": 29,
    "LAR": 17,
    "ACH": 14,
    "ATK-KA": 30,
    "HER": 13,
    "CHA": 7,
    "ROS": 6,
    "LES": 1,
    "IOA": 9,
    "EVR": 6,
}
PREFERENCES = (
    ("a", "Μαθηματικά, 17ο ΓΕΛ Κοζάνης", "Δευτέρα και Τετάρτη, 17:30 · 23 αιτήσεις"),
    ("b", "Μαθηματικά, 31ο ΓΕΛ Ηρακλείου", "Τετάρτη, 19:00 · 61 αιτήσεις"),
    ("a", "Μαθηματικά, 12ο ΕΠΑΛ Σιάτιστας", "Δευτέρα και Πέμπτη, 18:00 · 7 αιτήσεις"),
)
TABS = (("Όλες", 402, False), ("Υποβλήθηκαν", 23, True), ("Αποσύρθηκαν", 0, False))
ROLL = ("Ανδρέου Υποθετική", "Δοκιμάκης Γεώργιος", "Παραδειγματοπούλου Παναγιώτα-Κωνσταντίνα")


class SpecimenForm(forms.Form):
    """One field of every kind, two of them wrong."""

    iban = forms.CharField(
        label="IBAN", help_text="Αρχίζει με GR, π.χ. GR16 0110 1250 0000 0001 2300 695"
    )
    work = forms.ChoiceField(
        label="Είδος απασχόλησης",
        choices=[("", "–"), ("p", "Μόνιμος/η"), ("s", "Αναπληρωτής/τρια")],
        error_messages={"required": "Επιλέξτε είδος απασχόλησης"},
    )
    slot = forms.ChoiceField(
        label="Συνάντηση που προτιμάτε",
        choices=[("a", "Απόγευμα, 17:30"), ("b", "Σάββατο, 10:00")],
        widget=forms.RadioSelect,
    )
    days = forms.MultipleChoiceField(
        label="Ημέρες",
        choices=[("2", "Δευτέρα"), ("4", "Τετάρτη")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(label="Παρατηρήσεις", widget=forms.Textarea, required=False)
    paper = forms.FileField(
        label="Βεβαίωση υπηρεσίας", help_text="PDF ή εικόνα, έως 10 MB", required=False
    )
    truth = forms.BooleanField(label="Τα στοιχεία μου είναι ακριβή")

    def clean_iban(self) -> str:
        raise forms.ValidationError("Ο IBAN έχει 26 χαρακτήρες, χρειάζονται 27")


def _rows() -> list[dict[str, Any]]:
    names = ("Δοκιμάκης Γεώργιος", "Εικονικού Αικατερίνη", "Τυχαιόπουλος Νικόλαος")
    states = (("Πλήρης", "good"), ("Κοντά στο όριο", "wait"), ("Πέρασε το όριο", "bad"))
    demand = (8, 12, 23)
    return [
        {"name": n, "state": s, "kind": k, "demand": d, "day": NOW.date()}
        for n, (s, k), d in zip(names, states, demand, strict=True)
    ]


def _journal() -> list[dict[str, Any]]:
    return [
        {
            "at": NOW - timedelta(days=1),
            "act": "Μετακινήθηκε σε άλλο πρόγραμμα",
            "actor_name": "Μάρκος Προτυπάκης, φορέας υλοποίησης",
            "reason": "Το κέντρο έκλεισε την αίθουσα. Υπήρξε συμφωνία.",
        },
        {"at": NOW - timedelta(days=2), "act": "Υποβλήθηκε", "actor_name": "Ελένη Δειγματίδου"},
    ]


def context() -> dict[str, Any]:
    """Everything that ``kernel/components.html`` needs."""
    form = SpecimenForm({"iban": "GR16 0110 1250 0000 0001 2300 69", "slot": "a", "truth": "on"})
    return {
        "now": NOW,
        "soon": NOW + timedelta(days=1, hours=22, minutes=8),
        "programme": PROGRAMME,
        "application": APPLICATION,
        "phases": [dict(zip(("label", "when", "what", "status"), p, strict=True)) for p in PHASES],
        "steps": STEPS,
        "values": VALUES,
        "form": form,
        "rows": _rows(),
        "journal": _journal(),
        "page": Paginator(range(402), 9).page(2),
        "tabs": [dict(zip(("label", "many", "current"), tab, strict=True)) for tab in TABS],
        "preferences": PREFERENCES,
        "roll": ROLL,
    }
