"""Tasks of coordination and applications in class, made by the room's operations."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

from didaskaleio.delivery import operations
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.queries import actor_of
from tests.factories import delivery, people

PLAN = operations.Plan(
    title="Κλάσματα με εφαρμογή",
    grade="Ε΄ τάξη, Μαθηματικά",
    aims="Να συγκρίνουν κλάσματα.",
    course="1. Αφόρμηση. 2. Ομάδες. 3. Συζήτηση.",
    tools="Διαδραστικός πίνακας",
    planned_on=date(2023, 4, 3),
)


class Upload(BytesIO):
    """A file as a browser sends it."""

    name = "φύλλο.pdf"


def a_regional_officer(programme):
    person = people.a_person(surname="Περιφερειακού", given_name="Δείγμα")
    people.a_post(person, Role.REGIONAL_OFFICER, Scope.REGION, programme.centre.region)
    return person


def a_task(programme, *, at, to="region", days=10, **about):
    """A task given by an officer of the body."""
    asked = operations.Asked(
        to=to,
        title="Έλεγχος εξοπλισμού",
        text="Δείτε αν έφτασαν οι οθόνες.",
        due_on=at.date() + timedelta(days=days),
        **about,
    )
    return operations.give(programme, asked, actor=actor_of(people.officer(), at=at), at=at)


def a_plan(session, *, at=None):
    """The plan of the first trainee of a session, as a draft."""
    row = delivery.trainees_of(session)[0]
    at = at or session.starts_at
    return operations.save_plan(row.application, PLAN, actor=actor_of(row.person, at=at), at=at)


def a_plan_in_evidence(session, trainer):
    """A plan that was approved, with one file from the class."""
    at = session.ends_at
    work = a_plan(session)
    trainee = actor_of(work.application.person, at=at)
    operations.submit_plan(work, actor=trainee, at=at)
    operations.approve_plan(work, actor=trainer, at=at, reason="Πολύ καλό.")
    upload = Upload(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n")
    operations.add_evidence(work, upload, title="Φύλλο εργασίας", actor=trainee, at=at)
    return work


def handed_in(work, *, at, **said):
    """The evidence goes to the trainer."""
    facts = {"applied_on": at.date(), "reflection": "Δούλεψαν σε ομάδες.", "no_pupils": True}
    trainee = actor_of(work.application.person, at=at)
    operations.hand_in_evidence(work, actor=trainee, at=at, **(facts | said))
