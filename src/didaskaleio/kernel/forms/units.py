"""Μονάδες (units) of a number: «1 ώρα», «3 ώρες», «2 μόρια ανά ώρα».

A question may say both forms. One that says a single form, as older forms do, gets the other from
the words that forms use most; a word that is not among them stays as it was written.
"""

from __future__ import annotations

from decimal import Decimal

from didaskaleio.kernel.forms.answers import shown
from didaskaleio.kernel.forms.definition import Kind, Question

KNOWN = {
    "ώρα": "ώρες",
    "διδακτική ώρα": "διδακτικές ώρες",
    "ημέρα": "ημέρες",
    "εβδομάδα": "εβδομάδες",
    "μήνας": "μήνες",
    "έτος": "έτη",
    "σχολικό έτος": "σχολικά έτη",
    "χρόνος": "χρόνια",
    "εξάμηνο": "εξάμηνα",
    "σελίδα": "σελίδες",
    "άτομο": "άτομα",
    "θέση": "θέσεις",
    "αίθουσα": "αίθουσες",
    "υπολογιστής": "υπολογιστές",
    "σενάριο": "σενάρια",
    "πρόγραμμα": "προγράμματα",
    "τμήμα": "τμήματα",
    "μάθημα": "μαθήματα",
    "επιμόρφωση": "επιμορφώσεις",
    "σεμινάριο": "σεμινάρια",
    "δημοσίευση": "δημοσιεύσεις",
    "χιλιόμετρο": "χιλιόμετρα",
    "φορά": "φορές",
    "μονάδα": "μονάδες",
    "γραμμή": "γραμμές",
    "βαθμίδα": "βαθμίδες",
}
ONE_OF_MANY = {many: one for one, many in KNOWN.items()}
WITHOUT = {Kind.TABLE: "γραμμή", Kind.SCALE: "βαθμίδα"}


def one(asked: Question) -> str:
    """The unit after «ανά» and after 1."""
    if not asked.unit:
        return WITHOUT.get(asked.kind, "μονάδα")
    return asked.unit_one or ONE_OF_MANY.get(asked.unit, asked.unit)


def many(asked: Question) -> str:
    """The unit after any other number; empty where the question has none."""
    return asked.unit if asked.unit_one else KNOWN.get(asked.unit, asked.unit)


def measured(asked: Question, value: Decimal) -> str:
    """«1 ώρα», «2,5 ώρες», «7» where there is no unit."""
    unit = one(asked) if value == 1 and asked.unit else many(asked)
    return f"{shown(value)} {unit}".strip()
