"""Newly appointed teachers (νεοδιόριστοι) in the story: a training that they owe, not open yet."""

from __future__ import annotations

from collections.abc import Iterator

from didaskaleio.programmes.models import TrainingAction
from didaskaleio.registers.models import Register
from didaskaleio.site.story import moments, offer, opening, periods
from didaskaleio.site.story.cast import Cast

INTRODUCTORY = offer.CourseText(
    "eisagogiki",
    "Εισαγωγική επιμόρφωση νεοδιόριστων εκπαιδευτικών",
    "B1",
    "Να γνωρίσουν όσοι διορίστηκαν πρόσφατα το σχολείο, τις υποχρεώσεις και τη στήριξη που έχουν.",
    "Οργάνωση του σχολείου, διαχείριση της τάξης, σχεδιασμός μαθήματος, ψηφιακές υπηρεσίες.",
    "",
    (0, 24, 12, 0),
    (
        ("Το σχολείο και οι υποχρεώσεις", 12, "synchronous"),
        ("Διαχείριση της τάξης", 12, "synchronous"),
        ("Ψηφιακές υπηρεσίες του σχολείου", 12, "asynchronous"),
    ),
    ("Οργανώνουν τη σχολική χρονιά της τάξης τους.", "Συνεργάζονται με τον σύλλογο διδασκόντων."),
    (
        {"kind": "appointed_between", "since": "2021-08-01", "until": "2022-09-30", "article": 3},
        {"kind": "employment_any_of", "any": ["permanent"], "article": 3},
        {"kind": "specialty_in_cluster", "article": 4},
    ),
)


def offered(cast: Cast, register: Register) -> TrainingAction:
    """The course and its compulsory action."""
    course = offer.course(cast, INTRODUCTORY, approved=True)
    action = offer.action(
        cast,
        course,
        "neodioristoi-2023",
        "Εισαγωγική επιμόρφωση νεοδιόριστων 2023",
        (offer.SHORT,),
        target=400,
        compulsory=True,
        total_hours=36,
        total_slots=12,
    )
    opening.named(cast, action, register)
    opening.of_course(cast, course, template=True)
    opening.of_action(cast, action)
    return action


def announced(cast: Cast, action: TrainingAction) -> Iterator[str]:
    """Its first period, to which the centres propose: who owes it reads when it opens."""
    title = "Εισαγωγική επιμόρφωση νεοδιόριστων, Σεπτέμβριος 2023 – Ιανουάριος 2024"
    periods.announced(cast, action, "NEO-2023-1", title, moments.THIRD)
    yield "Εισαγωγική επιμόρφωση νεοδιόριστων: υποχρεωτική, με όσους την οφείλουν."
