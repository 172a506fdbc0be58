"""Headings of MySchool (επικεφαλίδες): the facts of a teacher and the names that they bear."""

from __future__ import annotations

from collections.abc import Sequence

from didaskaleio.kernel import sheets
from didaskaleio.kernel.sheets import Field, Heading, fingerprint, key

__all__ = ["FIELDS", "Heading", "find_heading", "fingerprint", "heading_of", "key"]
FIELDS = (
    Field("afm", "Α.Φ.Μ.", ("ΑΦΜ", "Αριθμός φορολογικού μητρώου", "AFM"), required=True),
    Field("am", "Αριθμός μητρώου", ("ΑΜ", "Αρ. μητρώου", "Αριθμός μητρώου", "ΑΜ εκπαιδευτικού")),
    Field("surname", "Επώνυμο", ("Επώνυμο", "Επίθετο"), required=True),
    Field("given_name", "Όνομα", ("Όνομα",), required=True),
    Field("father_name", "Πατρώνυμο", ("Πατρώνυμο", "Όνομα πατέρα", "Πατέρας")),
    Field(
        "email", "Ηλεκτρονικό ταχυδρομείο", ("Email", "E-mail", "Ηλ. ταχυδρομείο", "Ηλ. διεύθυνση")
    ),
    Field(
        "specialty",
        "Κλάδος ή ειδικότητα",
        ("Ειδικότητα", "Κλάδος", "Κύρια ειδικότητα", "Κωδικός ειδικότητας", "Κωδ. ειδικότητας"),
        required=True,
    ),
    Field("employment", "Σχέση εργασίας", ("Σχέση εργασίας", "Εργασιακή σχέση"), required=True),
    Field("abroad", "Απόσπαση στο εξωτερικό", ("Απόσπαση στο εξωτερικό", "Εξωτερικό")),
    Field(
        "appointed_on",
        "Ημερομηνία διορισμού",
        ("Διορισμός", "Ημερομηνία διορισμού", "Ημ/νία διορισμού", "Ημ. διορισμού"),
    ),
    Field(
        "school",
        "Κωδικός σχολείου",
        (
            "Κωδικός σχολείου",
            "Κωδ. σχολείου",
            "Κωδικός μονάδας",
            "Κωδικός σχολικής μονάδας",
            "Κωδικός ΥΠΑΙΘ",
            "Κωδικός ΥΠΑΙΘΑ",
            "Σχολείο κωδικός",
            "Σχολική μονάδα κωδικός",
            "Φορέας κωδικός",
        ),
    ),
    Field(
        "hours",
        "Ώρες διδασκαλίας την εβδομάδα",
        ("Ώρες", "Ώρες διδασκαλίας", "Διδακτικές ώρες", "Ώρες εβδομάδας", "Σχολείο ώρες"),
    ),
    Field("organic", "Οργανική θέση", ("Οργανική", "Οργανική θέση", "Σχολείο οργανική")),
    Field(
        "valid_from", "Υπηρετεί από", ("Από", "Υπηρετεί από", "Ημ/νία έναρξης", "Ημερομηνία από")
    ),
    Field("valid_until", "Υπηρετεί έως", ("Έως", "Υπηρετεί έως", "Ημ/νία λήξης", "Ημερομηνία έως")),
)


def find_heading(top: Sequence[Sequence[str]]) -> Heading | None:
    """The headings of teachers among the first rows."""
    return sheets.find_heading(top, FIELDS)


def heading_of(row: Sequence[str], number: int) -> Heading:
    """A row taken for headings (επικεφαλίδες), with the columns that are known."""
    return sheets.heading_of(row, number, FIELDS)
