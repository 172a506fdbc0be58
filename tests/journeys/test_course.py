"""A course from its draft to the public sheet: written, returned with a remark, answered, approved.

Shows: R-001, R-002, R-003, R-004, R-005.
"""

from __future__ import annotations

from didaskaleio.courses.models import Course
from tests.journeys.places import PHONE

TITLE = "Ψηφιακές δεξιότητες για εκπαιδευτικούς των ΕΠΑ.Λ."
PURPOSE = "Να σχεδιάζουν οι εκπαιδευτικοί μαθήματα με προσομοιωτές της ειδικότητάς τους."
EXAM = "Εξέταση με φύλλο έργου που δοκιμάστηκε στο εργαστήριο."


def held():
    return Course.objects.select_related("draft", "current").get(code="psifiakes-epal")


def opened(who):
    who.menu("Θεματικά αντικείμενα")
    who.follow(TITLE)


def changed(who, component, **values):
    """One component through its form: written, saved, back on the page of the course."""
    who.follow(f"Αλλαγή: {component}")
    who.axe()
    for name, value in values.items():
        who.page.locator(f"main [name={name}]").fill(value)
    who.send("Αποθήκευση")
    who.reads("Αποθηκεύτηκε.")


def syllabus(who):
    """A fourth unit: the hours beside the units are told while they are typed."""
    who.follow("Αλλαγή: Πρόγραμμα σπουδών")
    check, units = who.page.locator("#units-check"), who.page.locator("[data-units] > li")
    units.nth(3).get_by_label("Τίτλος").fill("Αξιολόγηση με ρουμπρίκες")
    units.nth(3).get_by_label("Ώρες").fill("6")
    check.get_by_text("διορθώστε τις ώρες τους").wait_for()
    check.get_by_text("66 από 60 ώρες στις ενότητες.").wait_for()
    who.axe()
    units.nth(1).get_by_label("Ώρες").fill("16")
    check.get_by_text("Οι ώρες συμφωνούν με το σύνολο και την αναλογία.").wait_for()
    up = units.nth(3).get_by_role("button", name="Πιο πάνω: Αξιολόγηση με ρουμπρίκες")
    up.focus()
    who.page.keyboard.press("Enter")
    who.send("Αποθήκευση")
    who.reads("Αποθηκεύτηκε.", "3. Αξιολόγηση με ρουμπρίκες")


def profile(who, component, place):
    """A rule more, in this place: the profile is read in words beside the cards."""
    who.follow(f"Αλλαγή: {component}")
    who.page.get_by_label("Τι ζητά").select_option(label="Έτη υπηρέτησης")
    who.send("Προσθήκη")
    card = who.page.get_by_role("group", name=f"{place}. Έτη υπηρέτησης")
    card.get_by_label("Τουλάχιστον, σε συμπληρωμένα έτη").fill(str(place))
    words = who.page.locator("#profile-words")
    words.get_by_text(f"{place} συμπληρωμένα έτη").wait_for()
    who.axe()
    who.send("Αποθήκευση")
    who.reads("Αποθηκεύτηκε.")


def material(who, paper):
    """A piece of material: foreseen, then uploaded and ready."""
    who.follow("Προσθήκη")
    who.page.get_by_label("Τίτλος").fill("Πρότυπα φύλλων έργου")
    who.send("Αποθήκευση")
    who.follow("Αρχείο: Πρότυπα φύλλων έργου")
    who.axe()
    who.page.locator("[name=file]").set_input_files(paper)
    who.page.get_by_label("Το υλικό είναι έτοιμο").check()
    who.send("Αποθήκευση")
    who.reads("Αποθηκεύτηκε.")


def answered(who, text):
    """The one remark that is open, answered on its component."""
    who.page.get_by_label("Τι αλλάξατε ή γιατί δεν αλλάζει").locator("visible=true").fill(text)
    who.send("Αποστολή απάντησης")
    who.reads(text)


def returned(who):
    """The approver writes a remark on one component and returns the version."""
    opened(who)
    who.axe()
    who.page.get_by_label("Παρατήρηση: Φορείς παροχής", exact=True).first.click()
    box = who.page.get_by_label("Παρατήρηση: Φορείς παροχής").locator("visible=true").last
    box.fill("Ποιος εξοπλισμός χρειάζεται;")
    who.send("Καταχώριση")
    who.page.get_by_text("Επιστροφή με παρατηρήσεις…").click()
    who.page.get_by_label("Αιτιολογία").fill("Λείπει μόνο ο εξοπλισμός.")
    who.axe()
    who.send("Επιστροφή με παρατηρήσεις")
    who.reads("Επιστράφηκε με παρατηρήσεις")


def submitted(who):
    who.send("Υποβολή για έγκριση")
    who.reads("Υποβλήθηκε για έγκριση")
    assert held().state == "in_approval"


def test_a_course_is_written_returned_answered_and_approved(visitor, paper):
    author, helper, judge = visitor("author"), visitor("trainer"), visitor("approver")
    opened(author)
    author.reads("Απαντήστε στην παρατήρηση για: Προφίλ εκπαιδευομένων.")
    author.axe()
    author.send("Έλαβα γνώση", exact=False)
    changed(author, "Σκοπός και περιεχόμενο", purpose=PURPOSE)
    changed(author, "Διδακτικοί στόχοι", objectives="Σχεδιάζουν φύλλο έργου.\nΤο δοκιμάζουν.")
    changed(author, "Διδακτικές ώρες", hours_asynchronous="12", hours_support="20")
    changed(author, "Φορείς παροχής", providers="Κέντρα Στήριξης Επιμόρφωσης με εργαστήριο.")
    syllabus(author)
    profile(author, "Προφίλ εκπαιδευομένων", 6)
    profile(author, "Προφίλ εκπαιδευτών", 3)
    material(author, paper)
    answered(author, "Ζητούνται έξι έτη.")
    author.send("Υποβολή για έγκριση")
    author.reads("Εκκρεμεί ανάθεση: Πιστοποίηση")
    assert held().state == "development"

    helper.menu("Οι αναθέσεις μου")
    helper.axe()
    helper.follow("Πιστοποίηση")
    changed(helper, "Πιστοποίηση", certification_method=EXAM)
    helper.send("Ολοκληρώθηκε: Πιστοποίηση")
    opened(author)
    submitted(author)
    returned(judge)

    author.goto("/home/")
    author.follow("Διόρθωση αντικειμένου που επιστράφηκε")
    author.reads("Ποιος εξοπλισμός χρειάζεται;")
    changed(author, "Φορείς παροχής", providers="Κέντρα με δέκα σταθμούς εργασίας.")
    answered(author, "Γράφτηκε: δέκα σταθμοί.")
    submitted(author)

    opened(judge)
    for _ in range(3):
        judge.send("Κλείσιμο της παρατήρησης")
    judge.send("Έγκριση")
    judge.reads("Εγκρίθηκε")
    course = held()
    assert (course.state, course.draft, course.current.number) == ("approved", None, 1)
    assert [unit.hours for unit in course.current.units.all()] == [20, 16, 6, 18]
    assert course.current.materials.filter(state="ready").count() == 5

    anyone = visitor()
    anyone.page.set_viewport_size(PHONE)
    anyone.goto("/subjects/")
    anyone.follow(TITLE)
    anyone.reads(
        "έκδοση 1, εγκρίθηκε 18/1/2023", PURPOSE, EXAM, "Κέντρα με δέκα σταθμούς εργασίας."
    )
    anyone.reads("12 ασύγχρονες, 20 υποστηρικτικές", "Το δοκιμάζουν.", "6 συμπληρωμένα έτη")
    anyone.axe()
    assert anyone.fetch("Καρτέλα σε PDF")[:5] == b"%PDF-"
