"""Tasks of coordination in the story: one in each state, about the programmes that run."""

from __future__ import annotations

from datetime import date, datetime

from didaskaleio.delivery import operations as delivery
from didaskaleio.delivery.models import GivenTask, SiteVisit, TrainingSession
from didaskaleio.kernel import lifecycle
from didaskaleio.programmes.models import Programme, TrainingPeriod
from didaskaleio.site.story.cast import Cast
from didaskaleio.site.story.moments import NOW, local


def coordinated(cast: Cast, period: TrainingPeriod) -> None:
    """Tasks of the region and of the centre of Κοζάνη, from December to now."""
    programme = Programme.objects.select_related("centre__school").get(
        period=period, centre=cast.centres["KOZ"]
    )
    december, january = local(2022, 12, 19, 11), local(2023, 1, 11, 11)
    done = _given(cast, programme, "Νέα ώρα για την αίθουσα", date(2022, 12, 30), december)
    _given(cast, programme, "Κατάλογος εξοπλισμού", date(2023, 1, 13), december)
    back = _given(cast, programme, "Αντικατάσταση οθονών", date(2023, 1, 20), january)
    _given(cast, programme, "Έλεγχος σύνδεσης", date(2023, 1, 19), january)
    for task in (done, back):
        _answered(cast, task, local(2023, 1, 12, 9))
    officer = cast.actor("officer")
    delivery.settle_task(done, actor=officer, at=local(2023, 1, 12, 12))
    reason = "Γράψτε και ποια ημέρα θα παραληφθούν."
    delivery.give_back(back, actor=officer, at=local(2023, 1, 16, 12), reason=reason)
    lifecycle.fire_due(NOW)
    _now(cast, programme)


def _now(cast: Cast, programme: Programme) -> None:
    at = local(2023, 1, 17, 11)
    due = date(2023, 1, 31)
    visit = SiteVisit.objects.filter(session__programme=programme, state="answered").get()
    _given(cast, programme, "Διόρθωση παρουσιολογίου", due, at, to="centre", visit=visit)
    late = TrainingSession.objects.filter(programme=programme, reports=None, state="signed")
    asked = delivery.Asked(
        to="region",
        title="Χωρίς έκθεση συνάντησης",
        text="Ζητήστε να υποβληθεί η έκθεση. Γράψτε εδώ τι έγινε.",
        due_on=due,
        session=late.order_by("-starts_at")[0],
        about="reports",
    )
    owed = delivery.give(programme, asked, actor=cast.actor("officer"), at=at)
    _answered(cast, owed, local(2023, 1, 18, 9))
    answered = _given(cast, programme, "Ενημέρωση των σχολείων", due, at)
    _answered(cast, answered, local(2023, 1, 18, 9))
    revoked = _given(cast, programme, "Δεύτερη αίθουσα", due, at)
    words = "Βρέθηκε αίθουσα στο ίδιο κέντρο."
    delivery.revoke(revoked, actor=cast.actor("officer"), at=local(2023, 1, 17, 15), reason=words)


def _given(
    cast: Cast,
    programme: Programme,
    title: str,
    due: date,
    at: datetime,
    *,
    to: str = "region",
    visit: SiteVisit | None = None,
) -> GivenTask:
    text = "Επικοινωνήστε με το κέντρο και γράψτε εδώ τι έγινε."
    asked = delivery.Asked(to=to, title=title, text=text, due_on=due, visit=visit)
    return delivery.give(programme, asked, actor=cast.actor("officer"), at=at)


def _answered(cast: Cast, task: GivenTask, at: datetime) -> None:
    text = "Μιλήσαμε με το κέντρο: τακτοποιείται μέσα στον μήνα."
    delivery.answer_task(task, actor=cast.actor("region"), at=at, text=text)
