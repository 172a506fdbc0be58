"""Invented attestations."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from didaskaleio.credentials.claims import Claims
from didaskaleio.credentials.sheet import Sheet

BODY = "Ινστιτούτο Επιμόρφωσης «Δείγμα»"
OTHER_BODY = "Φορέας Δείγμα Β"
ISSUED = datetime(2023, 7, 5, 8, 20, tzinfo=UTC)

CLAIMS = Claims(
    number="Β2-2023-000001",
    kind="attendance",
    surname="Δειγματίδου",
    given_name="Ελένη",
    father_name="Θωμάς",
    specialty="ΠΕ03 Μαθηματικών",
    course="Επιμόρφωση Β2 επιπέδου Τ.Π.Ε., συστάδα Β2.3 Μαθηματικά",
    programme="Β2-ΙΙα-0417",
    hours=60,
    starts=date(2023, 3, 6),
    ends=date(2023, 6, 28),
    rules_version="2023-1",
    body=BODY,
    issued_at=ISSUED,
    code="4F7K-2Q9M-X3TD",
)
LONG = replace(
    CLAIMS,
    surname="Παπαδημητρακοπούλου-Κωνσταντινοπολίτου-Χατζηαναγνωστοπούλου-Επινοημένη-Δείγματος",
    given_name="Μαρία-Αλεξάνδρα-Χριστίνα",
    specialty="ΠΕ87.08 Φυσικοθεραπείας – Νοσηλευτικής Τεχνικού Φαρμακείου",
    course="Επιμόρφωση Εκπαιδευτικών για την Αξιοποίηση και Εφαρμογή των Ψηφιακών Τεχνολογιών"
    " στη Διδακτική Πράξη (Επιμόρφωση Β΄ επιπέδου Τ.Π.Ε.), συστάδα Β2.13",
)
SHEET = Sheet(
    authority=("ΕΛΛΗΝΙΚΗ ΔΗΜΟΚΡΑΤΙΑ", "Υπουργείο Παιδείας", BODY),
    place="Πάτρα",
    centre="2ο Πειραματικό Γενικό Λύκειο «Επινοημένος Ευεργέτης της Κοινότητας» με Λυκειακές"
    " Τάξεις, Θεσσαλονίκη",
    address="https://didaskaleio.example/v/4F7K-2Q9M-X3TD",
    signatory_office="Υπεύθυνη επιμόρφωσης του φορέα",
    signatory="Άννα Επινοημένη",
    project="Επιμόρφωση Β΄ επιπέδου (5084974)",
    hours_detail="(8 διά ζώσης, 20 σύγχρονες, 14 ασύγχρονες, 18 υποστηρικτικές)",
    rules=(("Απουσίες έως 10 % των ωρών", "2 από 60 ώρες"),),
    cofunding="Το έργο συγχρηματοδοτείται από την Ελλάδα και την Ευρωπαϊκή Ένωση.",
    logos=(),
)
