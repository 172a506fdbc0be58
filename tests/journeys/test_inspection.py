"""Story 6: fewer people are counted than the sheet shows; findings, answer, version 2, hours.

Shows: R-056, R-057.
"""

from __future__ import annotations

from datetime import timedelta

from didaskaleio.delivery import operations, queries
from didaskaleio.delivery.models import SiteVisit
from didaskaleio.delivery.rules import Marking
from didaskaleio.people.queries import actor_of
from tests.factories.visits import JPEG
from tests.journeys.places import PHONE


def the_visit():
    found = SiteVisit.objects.select_related("session__programme__trainer").get(state="assigned")
    return found, queries.visits.expected(found.session)


def signed_with_one_absent(session):
    """The trainer signs that all but one were there."""
    at = session.ends_at + timedelta(minutes=5)
    trainer = actor_of(session.programme.trainer, at=at)
    people = {row.pk: Marking("present") for row in queries.roll(session)}
    people[next(iter(people))] = Marking("absent")
    operations.save_draft(session, people, topic="Εφαρμογή στην τάξη", actor=trainer, at=at)
    session.refresh_from_db()
    operations.sign(session, actor=trainer, at=at, seen=queries.next_digest(session))


def visited(inspector, visit, counted):
    inspector.goto(f"/visits/{visit.pk}/")
    inspector.send("Έναρξη επίσκεψης")
    inspector.axe()
    inspector.follow("Φύλλο ελέγχου")
    inspector.page.locator("[name=counted]").fill(str(counted))
    for name in ("on_time", "trainer", "topic", "sheet", "identity", "guidance"):
        inspector.page.locator(f"[name=a-{name}][value=yes]").check()
    for name in ("seats", "network", "projector", "access"):
        inspector.page.locator(f"[name=a-room-{name}][value=yes]").check()
    inspector.reads("Αποθηκεύτηκε στις")
    inspector.axe()
    without_line(inspector, visit)
    inspector.send("Αποθήκευση και ευρήματα")
    inspector.page.locator("[name=severity][value=serious]").check()
    inspector.page.locator("[name=text]").fill("Το παρουσιολόγιο δείχνει περισσότερους.")
    inspector.page.locator("[name=asked]").fill("Εξήγηση και διόρθωση.")
    inspector.send("Προσθήκη ευρήματος")
    inspector.axe()


def without_line(inspector, visit):
    """An answer changes and a photograph is taken; the page opens again and both arrive once."""
    page = inspector.page
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("caches.open('attendance').then((c) => c.match(location.pathname))")
    page.context.set_offline(True)
    page.locator("[name=a-guidance][value=partly]").check()
    page.locator("#photo-file").set_input_files(
        {"name": "room.jpg", "mimeType": "image/jpeg", "buffer": JPEG}
    )
    page.locator("#photo-caption").fill("Η αίθουσα")
    inspector.press("Φύλαξη φωτογραφίας")
    inspector.reads("Δεν υπάρχει σύνδεση", "1 φωτογραφία στη συσκευή")
    page.reload()
    inspector.reads("Φύλλο ελέγχου", "1 φωτογραφία στη συσκευή")
    assert page.locator("[name=a-guidance][value=partly]").is_checked()
    page.context.set_offline(False)
    inspector.reads("Αποθηκεύτηκε στις", "1 φωτογραφία: στάλθηκε.")
    visit.refresh_from_db()
    assert visit.sheet.values["guidance"] == "partly"
    assert [photo.caption for photo in visit.photos.all()] == ["Η αίθουσα"]
    inspector.complaints.clear()


def test_an_inspector_counts_fewer_and_the_hours_follow_the_corrected_sheet(visitor, clock):
    visit, people = the_visit()
    clock("2023-01-21T09:40")
    inspector = visitor("inspector", screen=PHONE)
    visited(inspector, visit, people - 3)
    signed_with_one_absent(visit.session)
    clock("2023-01-21T12:00")
    inspector.follow("Έκθεση")
    inspector.reads(f"Μετρήσατε {people - 3}, το παρουσιολόγιο (έκδοση 1) δείχνει {people - 1}")
    inspector.axe()
    inspector.page.locator("[name=summary]").fill("Δύο πρόσωπα σημειώθηκαν χωρίς να είναι εκεί.")
    inspector.send("Υπογραφή έκθεσης")
    inspector.reads("Υπογράφηκε η έκθεση", f"{people - 1} από {people}")
    assert inspector.fetch("Λήψη (PDF)").startswith(b"%PDF-")

    centre = visitor("centre")
    centre.goto(f"/visits/{visit.pk}/")
    centre.follow("Απάντηση του κέντρου")
    centre.axe()
    centre.page.locator("[name=text]").fill("Ζητάμε να διορθωθεί.")
    centre.send("Αποστολή απάντησης")
    centre.reads("Απάντησε το κέντρο")

    officer = visitor("officer")
    officer.goto(f"/visits/{visit.pk}/")
    officer.reads("Η μέτρηση διαφέρει από το παρουσιολόγιο")
    officer.axe()
    officer.follow("Διόρθωση με νέα έκδοση")
    rows = [r for r in queries.roll(visit.session) if r.attendee == "trainee"]
    for row in [row for row in rows if row.mark == "present"][:2]:
        officer.page.locator(f"[name=mark-{row.pk}]").select_option("absent")
    officer.page.locator("[name=reason]").fill("Έκθεση επιτόπιου ελέγχου.")
    officer.send("Υπογραφή νέας έκδοσης")
    officer.reads("Το παρουσιολόγιο διορθώθηκε με νέα έκδοση.")
    officer.goto(f"/visits/{visit.pk}/")
    hours = visit.session.hours
    officer.reads(
        f"Παρουσιολόγιο, έκδοση 2 (ισχύει) {people - 3} από {people} {(people - 3) * hours},0",
        f"Παρουσιολόγιο, έκδοση 1 {people - 1} από {people} {(people - 1) * hours},0",
    )


def test_anybody_checks_the_draw_of_the_visits_in_the_browser(visitor):
    who = visitor()
    who.goto("/visit-draws/")
    who.axe()
    who.goto("/visit-draws/itye-2022-10-10/")
    who.axe()
    who.press("Έλεγχος της κλήρωσης")
    who.reads("Η κλήρωση επαληθεύτηκε")
