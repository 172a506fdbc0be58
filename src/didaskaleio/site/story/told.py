"""The story told in order (η αφήγηση): each chapter is done, then named for the progress lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta

from django.core.management import call_command

from didaskaleio.people.models import Person
from didaskaleio.programmes.models import Programme, TrainingAction
from didaskaleio.site.story import (
    appeals,
    application,
    arranging,
    assessed,
    calls,
    centres,
    contracts,
    coordination,
    directory,
    dossiers,
    evidence,
    exports,
    forecasts,
    guidance,
    marking,
    members,
    moments,
    newcomers,
    observed,
    offer,
    opening,
    payments,
    periods,
    questions,
    rankings,
    registers,
    replacing,
    revision,
    running,
    service,
    signing,
    small_actions,
    surveys,
    targets,
    tenders,
    visits,
    work_calls,
)
from didaskaleio.site.story import cast as people
from didaskaleio.site.story.cast import Cast
from didaskaleio.site.story.periods import EVENINGS, MORNINGS, SPRING, Wanted
from didaskaleio.structures.models import ImplementingBody

PREFECTURES = ("KOZ", "THS", "LAR", "HER")
CLUSTERS = {"B2.3": "ΠΕ03", "B2.5": "ΠΕ70", "B2.1": "ΠΕ02"}


def story() -> Iterator[str]:
    """Do every chapter; yields one Greek line as each is done."""
    call_command("make_demo_authority", verbosity=0)
    cast = people.accounts()
    places(cast)
    yield f"Λογαριασμοί, {len(cast.centres)} κέντρα, επιμορφωτές και εκπαιδευτικοί."
    b2 = offer.course(cast, offer.B2, approved=True)
    b1 = offer.course(cast, offer.B1, approved=True)
    offer.contributors(cast, offer.course(cast, offer.NEW, approved=False))
    yield "Τρία θεματικά αντικείμενα, δύο εγκεκριμένα."
    guidance.standards(cast)
    questions.forms(cast)
    yield "Μία δημοσιευμένη φόρμα κριτηρίων και δύο πρόχειρα."
    introductory = offer.action(
        cast,
        b1,
        "b1-2022",
        "Επιμόρφωση Β1 επιπέδου Τ.Π.Ε.",
        (offer.SHORT,),
        target=12_600,
        total_hours=36,
        total_slots=12,
    )
    advanced = offer.action(
        cast,
        b2,
        "b2-2023",
        "Επιμόρφωση Β2 επιπέδου Τ.Π.Ε.",
        (offer.MIXED, offer.DISTANT),
        target=15_000,
        sessions_recorded=True,
    )
    register = registers.opened(cast)
    for action, template in ((introductory, False), (advanced, True)):
        opening.named(cast, action, register)
        opening.of_course(cast, action.course_version.course, template=template)
        opening.of_action(cast, action)
    owed = newcomers.offered(cast, register)
    yield "Τρεις επιμορφωτικές δράσεις με Κανονιστικό Πλαίσιο, μητρώο και τους χώρους τους."
    yield from _completed(cast, introductory)
    revision.found(cast, b2)
    revision.revised(cast, b1)
    guidance.renewed(cast)
    yield "Ευρήματα αξιολόγησης και μία αναθεώρηση προς έγκριση."
    yield from _running(cast, advanced)
    yield from _supplementary(cast, advanced)
    yield from _second(cast, advanced)
    yield from _third(cast, advanced)
    yield from newcomers.announced(cast, owed)
    calls.calls(cast)
    yield "Πέντε προσκλήσεις: ανοιχτή, μελλοντική, ληγμένη, ανακληθείσα, πρόχειρη."
    assessed.call(cast)
    yield "Πρόσκληση σε αξιολόγηση: δύο πρόσωπα για κάθε υποψηφιότητα, δύο διαφωνίες."
    registers.registers(cast, register)
    members.imports(cast)
    yield "Μητρώο επιμορφωτών με υπομητρώο, μεταβολές, εγγραφές που λήγουν και εισαγωγές."
    rankings.lists(cast)
    yield "Δύο κατατάξεις: προσωρινή με ενστάσεις, οριστική με τους επιλεγέντες στο μητρώο."
    centres.kept(cast)
    yield "Μητρώο Κ.Σ.Ε.: εγκρίσεις, επισκέψεις και μεταβολές αιθουσών."
    yield from _around(cast, introductory, advanced)
    targets.targeted(cast, advanced)
    targets.in_schools(cast, b2, register)
    targets.merged(cast, "B2-2023-1S")
    yield "Στόχοι ανά περιφέρεια, ενδοσχολική δράση, σχέδια συγχωνεύσεων."


def places(cast: Cast) -> None:
    """Centres, trainers and the crowd around them."""
    body = ImplementingBody.objects.get(code="itye")
    for prefecture in PREFECTURES:
        people.centre(cast, prefecture, body)
        for cluster, specialty in CLUSTERS.items():
            own = cast.accounts["trainer"] if (prefecture, cluster) == ("KOZ", "B2.3") else None
            people.trainer(cast, prefecture, specialty, cluster, own)
            size = 46 if (prefecture, cluster) == ("KOZ", "B2.3") else 26
            people.crowd(cast, prefecture, specialty, size, "A", "B1")
    centres.approved(cast)


def _around(cast: Cast, introductory: TrainingAction, advanced: TrainingAction) -> Iterator[str]:
    """What stands beside the programmes: tenders, MySchool, the directory, papers, money."""
    tenders.tenders(cast, advanced)
    yield "Δύο διαγωνισμοί: ένας κατακυρώθηκε με δύο προσφορές, ένας δέχεται προσφορές."
    exports.imports(cast)
    exports.corrections(cast)
    yield "Δύο εισαγωγές από το MySchool: μία εφαρμόστηκε, μία σε προεπισκόπηση."
    signing.cases(cast, introductory)
    yield "Έγγραφα προς υπογραφή: αναμονή προσώπου και σφραγίδας, ολοκλήρωση, άρνηση, απόσυρση."
    directory.directory(cast)
    yield "Κατάλογος δομών: υπεύθυνοι με θητεία, κενές θέσεις, διάδοχοι."
    unit = advanced.course_version.units.order_by("order")[1]
    small_actions.told(cast, unit)
    yield "Μικρές δράσεις: ημερίδες, εργαστήρια και δειγματικές διδασκαλίες, σε κάθε κατάσταση."
    service.pulls(cast)
    yield "Λήψεις από την υπηρεσία του MySchool και αποστολές βεβαιώσεων."
    contracts.contracts(cast, advanced)
    yield "Οικονομικά: δικαιούχοι, υποδείγματα, συμβάσεις σε κάθε στάδιο με υπογραφές."
    observed.observed(cast)
    yield "Αναφορές κατά περίπτωση και αιτήματα στην υπηρεσία λειτουργίας, σε κάθε κατάσταση."
    forecasts.made(cast, advanced)
    payments.payments(cast, introductory, advanced)
    yield "Πληρωμές: έργο, παραλαβή και εντολές σε κάθε στάδιο, ως την τράπεζα και πίσω."
    dossiers.told(cast, introductory, advanced)
    yield "Εκθέσεις πεπραγμένων, φάκελοι προγραμμάτων και πακέτα τεκμηρίων."


def _people(cast: Cast, first: int, last: int, *keys: tuple[str, str]) -> list[Person]:
    return [
        someone
        for place, cluster in keys
        for someone in cast.crowd[place, CLUSTERS[cluster]][first:last]
    ]


def _completed(cast: Cast, action: TrainingAction) -> Iterator[str]:
    """An earlier action, nearly over.

    One programme is documented, the papers of one wait for the body, and of one whose last
    sheet was signed late the attestations are still owed.
    """
    calendar = moments.B1
    surveys.prepared(cast)
    period = periods.announced(cast, action, "B1-2022-1", "Επιμόρφωση Β1, άνοιξη 2022", calendar)
    wanted = (
        Wanted("KOZ", "B2.3", "I", EVENINGS[1]),
        Wanted("THS", "B2.5", "I", EVENINGS[0]),
        Wanted("LAR", "B2.1", "I", EVENINGS[1]),
        Wanted("HER", "B2.1", "I", EVENINGS[1]),
    )
    offered = periods.planned(cast, period, wanted)
    crowd = _people(cast, 0, 13, ("KOZ", "B2.3"), ("THS", "B2.5"))
    crowd += _people(cast, 13, 26, ("LAR", "B2.1"))
    periods.apply(period, crowd, offered[:-1], until=period.phase_a_closes)
    few = _people(cast, 22, 24, ("HER", "B2.1"))
    periods.apply(period, few, offered[-1:], until=period.phase_a_closes)
    periods.drawn(cast, period, calendar)
    periods.in_phase_b(period, 0)
    targets.carried_out(cast, period)
    periods.enrolled(cast, period)
    late = {"LAR": moments.local(2023, 1, 12, 12)}
    running.held(cast, period, until=moments.local(2022, 7, 1), late=late)
    at = moments.local(2022, 7, 8, 11)
    running.attested(cast, period, "KOZ", at=at, accepted=True)
    running.attested(cast, period, "THS", at=at, accepted=False)
    running.employed(cast, period, at=at)
    surveys.completed(cast)
    yield "Επιμόρφωση Β1: ολοκληρώθηκε· ενός προγράμματος οφείλονται οι βεβαιώσεις."


def _running(cast: Cast, action: TrainingAction) -> Iterator[str]:
    """The 1st period of Β2: sessions are held, sheets signed, some absences near the limit."""
    calendar = moments.FIRST
    title = "1η περίοδος επιμόρφωσης Β2, Οκτώβριος 2022 – Φεβρουάριος 2023"
    period = periods.announced(cast, action, "B2-2022-1", title, calendar)
    wanted = (
        Wanted("KOZ", "B2.3", "IIa", MORNINGS[0]),
        Wanted("LAR", "B2.1", "IIa", EVENINGS[1]),
        Wanted("THS", "B2.5", "IIb", EVENINGS[0]),
    )
    offered = periods.planned(cast, period, wanted)
    crowd = [
        cast.accounts["teacher2"],
        *_people(cast, 13, 25, ("KOZ", "B2.3")),
        *_people(cast, 0, 13, ("LAR", "B2.1")),
        *_people(cast, 13, 25, ("THS", "B2.5")),
    ]
    periods.apply(period, crowd, offered, until=period.phase_a_closes)
    periods.drawn(cast, period, calendar)
    periods.in_phase_b(period, 0)
    periods.enrolled(cast, period)
    visits.inspected(cast, period)
    marking.marked(cast, period)
    surveys.running(cast)
    replacing.asked_now(cast, period)
    coordination.coordinated(cast, period)
    application.applied(cast, period)
    appeals.appealed(cast, period)
    evidence.evidenced(cast, period)
    yield "1η περίοδος Β2: σε εξέλιξη, με παρουσιολόγια, επιτόπιους ελέγχους, ερωτηματολόγια."


def _supplementary(cast: Cast, action: TrainingAction) -> Iterator[str]:
    """A supplementary period: drawn, phase B open, some programmes filling."""
    calendar = moments.SUPPLEMENTARY
    title = "Συμπληρωματική περίοδος Β2, Φεβρουάριος – Ιούνιος 2023"
    period = periods.announced(cast, action, "B2-2023-1S", title, calendar)
    wanted = (
        Wanted("KOZ", "B2.5", "IIa", EVENINGS[0]),
        Wanted("LAR", "B2.3", "IIa", EVENINGS[1]),
        Wanted("LAR", "B2.5", "IIb", EVENINGS[0]),
        Wanted("HER", "B2.1", "IIa", EVENINGS[0]),
        Wanted("THS", "B2.1", "IIb", MORNINGS[1]),
    )
    offered = periods.planned(cast, period, wanted)
    crowd = [
        *_people(cast, 0, 22, ("KOZ", "B2.5"), ("LAR", "B2.3")),
        *_people(cast, 0, 4, ("LAR", "B2.5")),
        *_people(cast, 0, 7, ("HER", "B2.1")),
        *_people(cast, 0, 5, ("THS", "B2.1")),
    ]
    periods.apply(period, crowd, offered, until=period.phase_a_closes)
    periods.drawn(cast, period, calendar)
    remote, near = offered[4].code, offered[3].code
    newcomers = [
        *((person, remote) for person in _people(cast, 5, 9, ("THS", "B2.1"))),
        *((person, near) for person in _people(cast, 20, 22, ("HER", "B2.1"))),
    ]
    periods.in_phase_b(period, 3, newcomers)
    yield "Συμπληρωματική περίοδος: κληρώθηκε, η Β΄ φάση είναι ανοιχτή."


def _second(cast: Cast, action: TrainingAction) -> Iterator[str]:
    """The 2nd period of Β2 as seed 001 describes it: phase A open."""
    calendar = moments.SECOND
    title = "2η περίοδος επιμόρφωσης Β2, Μάρτιος – Ιούνιος 2023"
    period = periods.announced(cast, action, "B2-2023-2", title, calendar)
    wanted = [
        Wanted(prefecture, cluster, "IIa", SPRING[cluster])
        for prefecture in PREFECTURES
        for cluster in CLUSTERS
    ]
    wanted += [
        Wanted("KOZ", "B2.3", "IIb", ((4, time(17, 30)), (5, time(12, 0)))),
        Wanted("HER", "B2.5", "IIb", MORNINGS[1]),
        Wanted("THS", "B2.1", "IIb", EVENINGS[1]),
    ]
    offered = periods.planned(cast, period, wanted)
    crowd = [
        *_people(cast, 25, 46, ("KOZ", "B2.3")),
        *_people(cast, 7, 20, ("HER", "B2.1")),
        *_people(cast, 7, 22, ("HER", "B2.3"), ("THS", "B2.3")),
        *_people(cast, 13, 26, ("LAR", "B2.1"), ("HER", "B2.5")),
        *_people(cast, 12, 26, ("KOZ", "B2.1")),
    ]
    periods.apply(period, crowd, offered, until=moments.NOW - timedelta(hours=1))
    periods.pass_to(moments.NOW)
    yield f"2η περίοδος Β2: {len(offered)} προγράμματα, η Α΄ φάση είναι ανοιχτή."


def _third(cast: Cast, action: TrainingAction) -> Iterator[str]:
    """The period after: centres propose; one proposal awaits approval, one its trainer."""
    title = "3η περίοδος επιμόρφωσης Β2, Σεπτέμβριος 2023 – Ιανουάριος 2024"
    period = periods.announced(cast, action, "B2-2023-3", title, moments.THIRD)
    at = period.proposals_open + timedelta(hours=3)
    ready = periods.propose(cast, period, Wanted("THS", "B2.3", "IIa", EVENINGS[0]), at)
    periods.submit(cast, ready, at + timedelta(hours=5))
    returned = periods.propose(cast, period, Wanted("LAR", "B2.5", "IIa", EVENINGS[1]), at)
    periods.submit(cast, returned, at + timedelta(hours=6))
    periods.propose(cast, period, Wanted("KOZ", "B2.3", "IIa", EVENINGS[1]), at)
    arranging.declared(cast)
    arranging.limited(cast, action)
    arranging.arranged(cast, period)
    work_calls.called(cast, period)
    waiting = Programme.objects.filter(period=period).count()
    yield f"3η περίοδος Β2: {waiting} προτάσεις κέντρων σε διάφορα στάδια."
