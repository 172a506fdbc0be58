"""The forms of the story: criteria of a call for trainers, and a questionnaire being written."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from didaskaleio.kernel.forms import editing, exchange, operations
from didaskaleio.kernel.forms.definition import Definition, Kind, Question, Section
from didaskaleio.kernel.forms.models import FormVersion
from didaskaleio.kernel.forms.operations import Owner
from didaskaleio.people.enums import Scope
from didaskaleio.site.story.cast import Cast
from didaskaleio.site.story.moments import BEGINNING, NOW
from didaskaleio.structures.models import ImplementingBody

Json = dict[str, Any]


def options(*pairs: tuple[str, str]) -> list[Json]:
    return [{"key": key, "label": label} for key, label in pairs]


def per_option(cap: str, **points: str) -> Json:
    pairs = [{"key": key, "points": value} for key, value in points.items()]
    return {"way": "per_option", "cap": cap, "options": pairs}


def only_if(question: str, op: str, value: str = "") -> Json:
    test = {"question": question, "op": op} | ({"value": value} if value else {})
    return {"match": "all", "tests": [test]}


PERSON: Json = {
    "key": "person",
    "title": "Στοιχεία",
    "questions": [
        {"key": "name", "kind": "text", "label": "Ονοματεπώνυμο", "required": True, "prefill": "person.name"},
        {"key": "specialty", "kind": "text", "label": "Κλάδος ή ειδικότητα", "required": True, "prefill": "teacher.specialty"},
        {"key": "certificate", "kind": "choice", "label": "Πιστοποίηση επιμορφωτή ή επιμορφώτριας Β΄ επιπέδου", "required": True,
         "help": "Χωρίς πιστοποίηση η αίτηση δεν μοριοδοτείται στην επιμορφωτική εμπειρία.", "options": options(("yes", "Ναι"), ("no", "Όχι"))},
        {"key": "certificate_file", "kind": "file", "label": "Πιστοποιητικό", "required": True, "only_if": only_if("certificate", "is", "yes")},
    ],
}  # fmt: skip
STUDIES: Json = {
    "key": "studies",
    "title": "Σπουδές",
    "cap": "25",
    "questions": [
        {"key": "degrees", "kind": "choices", "label": "Τίτλοι σπουδών πέρα από τον βασικό",
         "options": options(("phd", "Διδακτορικό"), ("master", "Μεταπτυχιακό"), ("degree", "Δεύτερο πτυχίο")),
         "rule": per_option("22", phd="12", master="8", degree="6")},
        {"key": "relevance", "kind": "choice", "label": "Συνάφεια του ανώτερου τίτλου με τις ψηφιακές τεχνολογίες στην εκπαίδευση",
         "options": options(("full", "Πλήρης"), ("partial", "Μερική"), ("none", "Καμία")), "only_if": only_if("degrees", "answered"),
         "rule": per_option("5", full="5", partial="2")},
        {"key": "language", "kind": "matrix", "label": "Ξένες γλώσσες", "lines": options(("en", "Αγγλικά"), ("fr", "Γαλλικά"), ("de", "Γερμανικά")),
         "options": options(("b2", "Β2"), ("c1", "Γ1"), ("c2", "Γ2")), "rule": per_option("4", b2="1", c1="2", c2="3")},
    ],
}  # fmt: skip
EXPERIENCE: Json = {
    "key": "experience",
    "title": "Εμπειρία",
    "cap": "50",
    "questions": [
        {"key": "hired", "kind": "date", "label": "Ημερομηνία διορισμού ή πρώτης πρόσληψης", "required": True,
         "rule": {"way": "per_year", "rate": "0.5", "cap": "10"}},
        {"key": "hours", "kind": "number", "label": "Ώρες διδασκαλίας σε επιμορφώσεις εκπαιδευτικών", "unit": "ώρες", "low": "0", "high": "5000",
         "only_if": only_if("certificate", "is", "yes"),
         "rule": {"way": "bands", "bands": [{"from": "30", "points": "5"}, {"from": "96", "points": "12"}, {"from": "300", "points": "20"}, {"from": "600", "points": "25"}]}},
        {"key": "programmes", "kind": "table", "label": "Προγράμματα στα οποία διδάξατε", "most": 12,
         "lines": options(("title", "Τίτλος"), ("body", "Φορέας"), ("year", "Έτος")), "only_if": only_if("hours", "at_least", "30"),
         "rule": {"way": "per_unit", "rate": "1.5", "cap": "9"}},
        {"key": "proof", "kind": "file", "label": "Βεβαίωση επιμορφωτικού έργου", "required": True, "expires": True, "only_if": only_if("hours", "at_least", "30")},
        {"key": "material", "kind": "number", "label": "Ψηφιακά σενάρια δημοσιευμένα σε αποθετήριο", "unit": "σενάριο", "low": "0", "high": "100",
         "rule": {"way": "per_unit", "rate": "0.75", "cap": "6"}},
    ],
}  # fmt: skip
WISHES: Json = {
    "key": "wishes",
    "title": "Διαθεσιμότητα και δήλωση",
    "questions": [
        {"key": "ready", "kind": "scale", "label": "Πόσο έτοιμοι νιώθετε για σύγχρονη εξ αποστάσεως διδασκαλία;", "low": "1", "high": "5",
         "help": "Το 1 σημαίνει καθόλου και το 5 απόλυτα. Δεν μοριοδοτείται."},
        {"key": "plan", "kind": "long_text", "label": "Πώς θα οργανώνατε μια πρώτη συνάντηση;", "most": 2000},
        {"key": "truth", "kind": "consent", "label": "Τα στοιχεία είναι αληθή και συμφωνώ να ελεγχθούν.", "required": True},
    ],
}  # fmt: skip
CRITERIA: Json = {
    "schema": exchange.SCHEMA,
    "title": "Κριτήρια ένταξης στο μητρώο επιμορφωτών Β΄ επιπέδου",
    "intro": "Συμπληρώστε όσα ισχύουν για εσάς. Τα μόρια υπολογίζονται αμέσως, με τους ίδιους κανόνες για όλους.",
    "reference": "2023-01-31",
    "cap": "75",
    "sections": [PERSON, STUDIES, EXPERIENCE, WISHES],
    "ties": [{"of": "experience"}, {"of": "hours", "answer": True}, {"of": "hired", "answer": True, "lower": True}],
}  # fmt: skip
SURVEY = Definition(
    title="Αποτίμηση επιμορφωτικού προγράμματος",
    intro="Οι απαντήσεις βοηθούν να βελτιωθεί το επόμενο πρόγραμμα.",
    sections=(
        Section(
            "s1",
            "Περιεχόμενο",
            questions=(
                Question("q1", Kind.SCALE, "Πόσο χρήσιμο ήταν το υλικό;"),
                Question("q2", Kind.LONG_TEXT, "Τι θα αλλάζατε;", most=1500),
            ),
        ),
    ),
)


def forms(cast: Cast) -> None:
    """A published form with its next version in hand, and one that is not ready yet."""
    officer = cast.actor("officer")
    body = ImplementingBody.objects.get(code="itye")
    owner = Owner(Scope.BODY, body.pk, body.short_name)
    criteria = operations.begin(
        owner,
        code="kritiria-epimorfoton",
        definition=exchange.read(CRITERIA),
        actor=officer,
        at=BEGINNING,
    )
    operations.publish(criteria, actor=officer, at=BEGINNING)
    _next(criteria, cast)
    operations.begin(owner, code="apotimisi", definition=SURVEY, actor=officer, at=NOW)


def _next(published: FormVersion, cast: Cast) -> None:
    """The next version, begun by another officer: one question more, one cap raised."""
    second = cast.actor("officer2")
    draft = operations.new_version(published.form, actor=second, at=NOW)
    link = Question("link", Kind.TEXT, "Σύνδεσμος προς δείγμα του υλικού σας", most=200)
    operations.edit(
        draft,
        lambda d: replace(d, cap=Decimal(80)),
        what="Στοιχεία της φόρμας",
        actor=second,
        at=NOW,
    )
    operations.edit(
        draft,
        lambda d: editing.put_question(d, link, "experience"),
        what=f"«{link.label}»",
        actor=second,
        at=NOW,
    )
