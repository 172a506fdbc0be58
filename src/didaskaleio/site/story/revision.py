"""After an action (αξιολόγηση): findings on its course, and the revision that answers them."""

from __future__ import annotations

from didaskaleio.courses import operations as courses
from didaskaleio.courses.models import Course, Finding
from didaskaleio.site.story.cast import Cast
from didaskaleio.site.story.moments import local

Wanted = tuple[str, str, str, str, str]
OF_B1: tuple[Wanted, ...] = (
    (
        "units",
        "major",
        "questionnaires",
        "21 από 24 απαντήσεις, άνοιξη 2022",
        "Οι ώρες για την ηλεκτρονική τάξη δεν φτάνουν, τα γενικά εργαλεία περισσεύουν.",
    ),
    (
        "objectives",
        "minor",
        "trainers",
        "Απολογισμός των επιμορφωτών",
        "Λείπει στόχος για την προστασία των δεδομένων της τάξης.",
    ),
    (
        "material",
        "minor",
        "help",
        "Δύο αιτήματα",
        "Να υπάρχει το υλικό και τυπωμένο.",
    ),
)
OF_B2: tuple[Wanted, ...] = (
    (
        "hours",
        "critical",
        "visits",
        "Τρεις επισκέψεις, φθινόπωρο 2022",
        "Οι υποστηρικτικές συναντήσεις πέφτουν όλες στο τέλος και η εφαρμογή μένει αβοήθητη.",
    ),
    (
        "certification",
        "minor",
        "questionnaires",
        "9 από 31 απαντήσεις",
        "Το δείγμα θεμάτων να έχει και σχολιασμένες λύσεις.",
    ),
)
UNITS = (("Γενικά εργαλεία", 8), ("Ηλεκτρονική τάξη", 16), ("Πρώτες εφαρμογές", 12))
MODES = ("synchronous", "synchronous", "asynchronous")
ANSWERS = (
    "Τέσσερις ώρες πέρασαν από τα γενικά εργαλεία στην ηλεκτρονική τάξη.",
    "Προστέθηκε στόχος για τα δεδομένα της τάξης.",
)


def found(cast: Cast, course: Course, wanted: tuple[Wanted, ...] = OF_B2) -> list[Finding]:
    """Record the findings of an evaluation, as the body's officer does."""
    at = local(2022, 12, 12, 11) if wanted is OF_B2 else local(2022, 7, 20, 11)
    return [
        courses.find(
            course,
            component=component,
            severity=severity,
            source=source,
            evidence=evidence,
            text=text,
            actor=cast.actor("officer"),
            at=at,
        )
        for component, severity, source, evidence, text in wanted
    ]


def revised(cast: Cast, course: Course) -> None:
    """Two findings are answered by a second version that waits for approval, one is dismissed."""
    hours, goals, printed = found(cast, course, OF_B1)
    author, officer = cast.actor("author"), cast.actor("officer")
    reason = "Το υλικό μένει ψηφιακό: τυπώνεται από το PDF όποτε χρειάζεται."
    courses.dismiss(printed, reason=reason, actor=officer, at=local(2022, 9, 5))
    at = local(2023, 1, 9, 12)
    reason = "Ευρήματα της άνοιξης 2022"
    courses.start_revision(course, findings=(hours, goals), reason=reason, actor=author, at=at)
    version = course.draft
    assert version is not None  # noqa: S101 - the revision has just begun
    units = [
        {"title": title, "hours": many, "mode": mode}
        for (title, many), mode in zip(UNITS, MODES, strict=True)
    ]
    courses.write_units(version, units, actor=author, at=at)
    kept = [row.text for row in version.objectives.all()]
    kept.append("Προστατεύουν τα προσωπικά δεδομένα της τάξης.")
    courses.write_objectives(version, kept, actor=author, at=at)
    courses.write(version, change_log=" ".join(ANSWERS), actor=author, at=at)
    for row, text in zip((hours, goals), ANSWERS, strict=True):
        courses.answer_finding(row, text=text, actor=author, at=at)
    courses.submit_revision(course, actor=author, at=local(2023, 1, 16, 14))
