"""What is offered in the story: courses, actions with categories, the regulation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.core.files.base import ContentFile

from didaskaleio.courses import operations as courses
from didaskaleio.courses.enums import MaterialKind
from didaskaleio.courses.models import Course, CourseVersion
from didaskaleio.kernel import typesetting
from didaskaleio.kernel.access import Actor
from didaskaleio.people.enums import Role, Scope
from didaskaleio.programmes import operations as programmes
from didaskaleio.programmes.models import TrainingAction
from didaskaleio.site.story.cast import Cast, actor, post
from didaskaleio.site.story.moments import BEGINNING, NOW
from didaskaleio.structures.models import ClusterScheme, FundedProject, ImplementingBody

TEMPLATE = Path(__file__).parent / "material.typ"
ARTICLES = (
    (1, "Αντικείμενο", "Το πλαίσιο ορίζει πώς διεξάγεται η επιμόρφωση και τι αναλαμβάνει ο καθένας."),
    (2, "Κέντρα και επιμορφωτές", "Το Κ.Σ.Ε. διαθέτει αίθουσα, προσωπικό και υπεύθυνο. Ο επιμορφωτής ή η επιμορφώτρια συμφωνεί με το ωρολόγιο πριν υποβληθεί."),
    (3, "Ποιοι συμμετέχουν", "Εκπαιδευτικοί που διδάσκουν στη διάρκεια της περιόδου και έχουν πιστοποίηση του προηγούμενου επιπέδου. Εξαιρούνται όσοι ολοκλήρωσαν παλαιότερη επιμόρφωση Β΄ επιπέδου 96 ωρών ή πρόγραμμα επιμορφωτών."),
    (4, "Συστάδες", "Κάθε πρόγραμμα αφορά τους κλάδους μίας συστάδας. Με θέση ειδικής αγωγής επιλέγεται η Β2.13 ή η συστάδα του κλάδου, ποτέ και οι δύο."),
    (5, "Εντοπιότητα", "Στην κατηγορία ΙΙa το σχολείο του επιμορφούμενου και του επιμορφωτή βρίσκεται στον νομό του Κ.Σ.Ε. Στην ΙΙb δεν απαιτείται."),
    (6, "Κλήρωση", "Οι θέσεις της Α΄ φάσης δίνονται με δημόσια κλήρωση που ο καθένας μπορεί να επαναλάβει. Πρώτα δηλώνονται τα προγράμματα ΙΙa και μετά τα ΙΙb."),
    (7, "Β΄ φάση και επιλαχόντες", "Όσα προγράμματα δεν συμπληρώθηκαν δέχονται αιτήματα με σειρά χρόνου. Θέση που κενώνεται προσφέρεται στη λίστα ως το τέλος της δεύτερης συνάντησης."),
    (8, "Απουσίες", "Οι απουσίες δεν ξεπερνούν το 10% των ωρών, μαζί με τις ασύγχρονες και τις υποστηρικτικές. Στην ΙΙa χρειάζεται παρουσία σε μία τουλάχιστον διά ζώσης συνεδρία."),
    (9, "Ολοκλήρωση", "Βεβαίωση λαμβάνει όποιος πληροί τους κανόνες ολοκλήρωσης της δράσης, στην έκδοση που αναγράφει η βεβαίωση."),
    (10, "Υποχρεώσεις", "Επιμορφωτές και Κ.Σ.Ε. τηρούν το ωρολόγιο και υπογράφουν τα παρουσιολόγια μέσα σε 24 ώρες."),
    (11, "Προσωπικά δεδομένα", "Δημόσια εμφανίζονται μόνο αριθμοί κλήρωσης. Τα στοιχεία τηρούνται όσο απαιτεί ο έλεγχος της πράξης."),
)  # fmt: skip
Category = tuple[str, str, str, int, int, int, bool]
MIXED: Category = (
    "IIa",
    "ΙΙa",
    "Διά ζώσης, σύγχρονες και υποστηρικτικές συναντήσεις",
    4,
    10,
    6,
    True,
)
DISTANT: Category = ("IIb", "ΙΙb", "Μόνο από απόσταση", 0, 14, 6, False)
SHORT: Category = ("I", "Ι", "Εισαγωγική, μόνο από απόσταση", 0, 12, 0, False)


@dataclass(frozen=True)
class CourseText:
    """The nine components of a course, as the author wrote them."""

    code: str
    title: str
    level: str
    purpose: str
    content: str
    required: str
    hours: tuple[int, int, int, int]
    units: tuple[tuple[str, int, str], ...]
    objectives: tuple[str, ...]
    audience: tuple[dict[str, object], ...] = ()


B2 = CourseText(
    "b2-tpe",
    "Προχωρημένη αξιοποίηση των ψηφιακών τεχνολογιών στη διδακτική πράξη (Β2)",
    "B2",
    "Να μπορούν οι εκπαιδευτικοί να εντάσσουν κριτικά ψηφιακά μέσα στο δικό τους μάθημα.",
    "Ψηφιακά περιβάλλοντα και πόροι του αντικειμένου, σχεδιασμός σεναρίων, εφαρμογή στην τάξη.",
    "B1",
    (8, 20, 14, 18),
    (
        ("Ψηφιακά περιβάλλοντα και η κοινότητα της τάξης", 12, "mixed"),
        ("Λογισμικό και πόροι του αντικειμένου", 18, "mixed"),
        ("Σχεδιασμός δραστηριοτήτων και σεναρίων", 12, "mixed"),
        ("Εφαρμογή στην τάξη και αναστοχασμός", 18, "support"),
    ),
    (
        "Επιλέγουν ψηφιακούς πόρους με παιδαγωγικά κριτήρια.",
        "Σχεδιάζουν διδακτικό σενάριο και το εφαρμόζουν στην τάξη τους.",
        "Οργανώνουν την τάξη ώστε τα μέσα να υπηρετούν τη μάθηση.",
    ),
)
B1 = CourseText(
    "b1-tpe",
    "Εισαγωγή στην εκπαιδευτική αξιοποίηση των ψηφιακών τεχνολογιών (Β1)",
    "B1",
    "Να γνωρίσουν οι εκπαιδευτικοί βασικά εργαλεία για τη διδασκαλία τους.",
    "Γενικά εργαλεία, αναζήτηση υλικού, ηλεκτρονική τάξη.",
    "A",
    (0, 24, 12, 0),
    (
        ("Γενικά εργαλεία", 12, "synchronous"),
        ("Ηλεκτρονική τάξη", 12, "synchronous"),
        ("Πρώτες εφαρμογές", 12, "asynchronous"),
    ),
    ("Χρησιμοποιούν γενικά εργαλεία στο μάθημα.", "Οργανώνουν υλικό σε ηλεκτρονική τάξη."),
)
NEW = CourseText(
    "psifiakes-epal",
    "Ψηφιακές δεξιότητες για εκπαιδευτικούς των ΕΠΑ.Λ.",
    "B2",
    "Να αξιοποιούν οι εκπαιδευτικοί της επαγγελματικής εκπαίδευσης προσομοιωτές και εργαστήρια.",
    "Προσομοιωτές ειδικότητας, ψηφιακά φύλλα έργου, συνεργασία με επιχειρήσεις.",
    "B1",
    (8, 20, 14, 18),
    (
        ("Προσομοιωτές", 20, "synchronous"),
        ("Φύλλα έργου", 22, "mixed"),
        ("Εφαρμογή στο εργαστήριο", 18, "support"),
    ),
    ("Σχεδιάζουν φύλλο έργου με προσομοιωτή.",),
)


GOALS = (
    "Σχεδιάζουν φύλλο έργου με προσομοιωτή.",
    "Αξιολογούν την εργασία στο εργαστήριο με κριτήρια που γνωρίζει η τάξη.",
)
REMARKS = (
    ("units", "Τα φύλλα έργου χρειάζονται χρόνο προετοιμασίας πριν από το εργαστήριο."),
    ("trainee", "Να ζητούνται και έτη υπηρέτησης, ή να εξηγηθεί γιατί δεν χρειάζονται."),
)


def course(cast: Cast, text: CourseText, *, approved: bool) -> Course:
    """Write a course as its author would; when ``approved``, another person approves it."""
    body = ImplementingBody.objects.get(code="itye")
    officer = cast.actor("officer")
    row = courses.begin(
        body, code=text.code, title=text.title, level=text.level, actor=officer, at=BEGINNING
    )
    post(cast.accounts["author"], Role.AUTHOR, Scope.COURSE, row.pk)
    post(cast.accounts["approver"], Role.APPROVER, Scope.COURSE, row.pk)
    author, approver = cast.actor("author"), cast.actor("approver")
    version = row.versions.get(number=1)
    _write(version, text, author)
    courses.submit_design(row, actor=author, at=BEGINNING)
    _material(version, author)
    if not approved:
        _returned(row, version, author, approver)
    else:
        courses.submit_material(row, actor=author, at=BEGINNING)
        courses.approve(row, actor=approver, at=BEGINNING)
        courses.link_to_action(row, actor=officer, at=BEGINNING)
    row.refresh_from_db()
    return row


def _returned(row: Course, version: CourseVersion, author: Actor, approver: Actor) -> None:
    """Submitted and sent back with two remarks, one of them answered already."""
    courses.submit_material(row, actor=author, at=BEGINNING)
    units, _ = (
        courses.remark(version, component=part, text=text, actor=approver, at=BEGINNING)
        for part, text in REMARKS
    )
    reason = "Καλή δομή· δείτε δύο παρατηρήσεις στη σελίδα του αντικειμένου."
    courses.return_with_remarks(row, actor=approver, at=BEGINNING, reason=reason)
    text = "Προστέθηκαν δύο ώρες προετοιμασίας στα φύλλα έργου."
    courses.answer(units, text=text, actor=author, at=BEGINNING)


def contributors(cast: Cast, row: Course) -> None:
    """Two components of a draft in the hands of trainers: one done, one due in a few days."""
    assert row.draft is not None  # noqa: S101 - the course is being written
    author, at = cast.actor("author"), NOW - timedelta(days=3)
    done, _ = (
        courses.assign_work(
            row.draft,
            component=part,
            person=person,
            due_on=(NOW + timedelta(days=days)).date(),
            task=task,
            actor=author,
            at=at,
        )
        for part, person, days, task in (
            ("objectives", cast.trainers["THS", "B2.3"], 1, "Στόχοι που ελέγχονται στην τάξη."),
            ("certification", cast.accounts["trainer"], 6, "Πώς ελέγχεται το φύλλο έργου."),
        )
    )
    helper = actor(done.person)
    courses.write_objectives(row.draft, GOALS, actor=helper, at=at + timedelta(days=1))
    courses.finish_work(done, actor=helper, at=at + timedelta(days=1))


def _write(version: CourseVersion, text: CourseText, author: Actor) -> None:
    face, sync, asynchronous, support = text.hours
    at = BEGINNING
    courses.write(
        version,
        purpose=text.purpose,
        content=text.content,
        providers="Κέντρα Στήριξης Επιμόρφωσης και επιμορφωτές Β΄ επιπέδου του μητρώου.",
        hours_total=sum(text.hours),
        hours_face_to_face=face,
        hours_synchronous=sync,
        hours_asynchronous=asynchronous,
        hours_support=support,
        certification_method="Εξέταση σε κέντρο πιστοποίησης, με θέματα της συστάδας.",
        actor=author,
        at=at,
    )
    courses.write_objectives(version, list(text.objectives), actor=author, at=at)
    courses.write_units(
        version,
        [{"title": title, "hours": hours, "mode": mode} for title, hours, mode in text.units],
        actor=author,
        at=at,
    )
    courses.write_profile(version, "trainee", _trainee(text), actor=author, at=at)
    courses.write_profile(
        version,
        "trainer",
        [{"kind": "specialty_in_cluster"}, {"kind": "locality"}],
        actor=author,
        at=at,
    )


def _trainee(text: CourseText) -> list[dict[str, object]]:
    if text.audience:
        return list(text.audience)
    return [
        {"kind": "will_teach", "article": 3},
        {"kind": "certificate_any_of", "any": [text.required], "article": 3},
        {"kind": "certificate_none_of", "any": ["B_kse", "PAKE"], "article": 3},
        {"kind": "specialty_in_cluster", "article": 4},
        {"kind": "locality", "article": 5},
    ]


def _material(version: CourseVersion, author: Actor) -> None:
    for kind, title in (
        ("training", "Επιμορφωτικό υλικό, γενικό μέρος"),
        ("trainer_guide", "Οδηγός επιμορφωτή και επιμορφώτριας"),
        ("certification", "Δείγμα θεμάτων πιστοποίησης"),
        ("notes", "Σημειώσεις για όποιο πρόσωπο παρουσιάζει το αντικείμενο"),
    ):
        material = courses.plan_material(
            version, kind=MaterialKind(kind), title=title, actor=author, at=BEGINNING
        )
        page = ContentFile(typesetting.render(TEMPLATE, {"title": title}, at=BEGINNING))
        courses.upload_material(material, page, "yliko.pdf", actor=author, at=BEGINNING, ready=True)


def action(
    cast: Cast,
    offered: Course,
    code: str,
    title: str,
    categories: tuple[Category, ...],
    *,
    target: int,
    compulsory: bool = False,
    **parameters: float | bool,
) -> TrainingAction:
    """An action of the body with its categories, parameters and published regulation."""
    officer = cast.actor("officer")
    assert offered.current is not None  # noqa: S101 - an approved course has a version
    facts = programmes.ActionFacts(
        code=code,
        title=title,
        course_version=offered.current,
        scheme=ClusterScheme.objects.get(level=offered.level, valid_until=None),
        target=target,
        compulsory=compulsory,
        project=FundedProject.objects.get(code="5084974"),
        categories=tuple(
            programmes.CategoryFacts(key, label, words, face, sync, support, locality=locality)
            for key, label, words, face, sync, support, locality in categories
        ),
    )
    row = programmes.begin_action(offered.body, facts, actor=officer, at=BEGINNING)
    if parameters:
        programmes.change_parameters(
            row,
            values=dict(parameters),
            actor=officer,
            at=BEGINNING,
            reason="Όσα ορίστηκαν στον σχεδιασμό της δράσης.",
        )
    _regulation(row, officer)
    programmes.set_parameters(row, actor=officer, at=BEGINNING)
    return row


def _regulation(row: TrainingAction, officer: Actor) -> None:
    draft = programmes.draft_regulation(
        row,
        title=f"Κανονιστικό Πλαίσιο: {row.title}"[:200],
        articles=[{"number": n, "title": title, "text": text} for n, title, text in ARTICLES],
        actor=officer,
        at=BEGINNING,
    )
    programmes.publish_regulation(draft, actor=officer, at=BEGINNING)
