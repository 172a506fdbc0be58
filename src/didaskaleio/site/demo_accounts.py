"""Λογαριασμοί επίδειξης (demo accounts): user name and Greek role, on the login page too."""

from __future__ import annotations

PASSWORD = "didaskaleio"  # noqa: S105 - public by purpose, only in demo mode
ACCOUNTS = [
    ("teacher", "Εκπαιδευτικός, υποβάλλει αίτηση στην Α΄ φάση"),
    ("teacher2", "Εκπαιδευτικός, παρακολουθεί πρόγραμμα"),
    ("trainer", "Επιμορφωτής/τρια"),
    ("author", "Μέλος επιστημονικής ομάδας"),
    ("approver", "Υπεύθυνος/η έγκρισης υλικού"),
    ("centre", "Υπεύθυνος/η Κέντρου Στήριξης Επιμόρφωσης (Κ.Σ.Ε.)"),
    ("officer", "Στέλεχος φορέα υλοποίησης"),
    ("officer2", "Στέλεχος φορέα υλοποίησης, δεύτερο στην κλήρωση"),
    ("region", "Στέλεχος Περιφερειακής Διεύθυνσης Εκπαίδευσης"),
    ("ministry", "Στέλεχος του Υπουργείου Παιδείας"),
    ("admin", "Υπηρεσία λειτουργίας της πλατφόρμας"),
]
