"""The application in class in the story: seven trainees of one class, each at another stage."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

from didaskaleio.delivery import operations as delivery
from didaskaleio.delivery.models import ClassApplication
from didaskaleio.enrolment.models import ParticipationApplication
from didaskaleio.kernel.access import Actor
from didaskaleio.programmes.models import TrainingPeriod
from didaskaleio.site.story.cast import Cast, actor
from didaskaleio.site.story.moments import local

TITLES = (
    *("Μελέτη γραφικής παράστασης", "Πιθανότητες με ζάρια", "Το θεώρημα στην πράξη"),
    *("Στατιστική της τάξης μας", "Συναρτήσεις και κλίση", "Γεωμετρία με λογισμικό"),
    "Εξισώσεις σε ομάδες",
)
PAPER = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


class Paper(BytesIO):
    """A worksheet as a browser sends it."""

    name = "fyllo-ergasias.pdf"


def applied(cast: Cast, period: TrainingPeriod) -> None:
    """Plans and evidence of the class of the account ``trainer``."""
    rows = ParticipationApplication.objects.filter(
        period=period, state="enrolled", programme__trainer=cast.accounts["trainer"]
    ).select_related("person", "programme")
    teacher2 = rows.get(person=cast.accounts["teacher2"])
    others = list(rows.exclude(pk=teacher2.pk).order_by("person__sort_key", "pk")[:6])
    trainer, at = cast.actor("trainer"), local(2022, 12, 12, 18)
    works = [_planned(row, n, at) for n, row in enumerate((teacher2, *others))]
    approved, _draft, submitted, returned, handed, incomplete, accepted = works
    for work in (approved, submitted, returned, handed, incomplete, accepted):
        delivery.submit_plan(work, actor=_own(work), at=local(2022, 12, 14, 18))
    reason = "Γράψτε και πώς θα δουλέψουν όσοι τελειώσουν νωρίτερα."
    delivery.return_plan(returned, actor=trainer, at=local(2022, 12, 16, 20), reason=reason)
    for work in (approved, handed, incomplete, accepted):
        said = "Καθαροί στόχοι και ρεαλιστικοί χρόνοι. Προχωρήστε."
        delivery.approve_plan(work, actor=trainer, at=local(2022, 12, 16, 20), reason=said)
    for work in (handed, incomplete, accepted):
        _proved(work, local(2023, 1, 13, 18))
    judged = local(2023, 1, 15, 19)
    more = "Ανεβάστε και ένα δείγμα εργασίας, χωρίς στοιχεία μαθητών."
    delivery.ask_more(incomplete, actor=trainer, at=judged, reason=more)
    well = "Η συζήτηση στο τέλος έδωσε νόημα στη δραστηριότητα."
    delivery.accept_evidence(accepted, actor=trainer, at=judged, reason=well)


def _own(work: ClassApplication) -> Actor:
    return actor(work.application.person)


def _planned(row: ParticipationApplication, n: int, at: datetime) -> ClassApplication:
    plan = delivery.Plan(
        title=TITLES[n],
        grade="Β΄ Λυκείου, Μαθηματικά",
        aims="Να συνδέουν τη μορφή της παράστασης με τον τύπο της.",
        course="1. Αφόρμηση, 5 λεπτά. 2. Εργασία σε ομάδες, 25 λεπτά. 3. Συζήτηση, 15 λεπτά.",
        tools="Λογισμικό δυναμικής γεωμετρίας, φύλλο εργασίας.",
        planned_on=date(2023, 1, 12),
    )
    return delivery.save_plan(row, plan, actor=actor(row.person), at=at)


def _proved(work: ClassApplication, at: datetime) -> None:
    own = _own(work)
    delivery.add_evidence(work, Paper(PAPER), title="Φύλλο εργασίας", actor=own, at=at)
    words = "Οι ομάδες τελείωσαν στην ώρα τους. Θα έδινα περισσότερο χρόνο στη συζήτηση."
    delivery.hand_in_evidence(
        work, actor=own, at=at, applied_on=date(2023, 1, 12), reflection=words, no_pupils=True
    )
