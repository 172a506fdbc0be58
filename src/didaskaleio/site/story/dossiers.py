"""Dossiers of the story (φάκελοι): reports of work in every state, packs with their manifest."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.files.base import ContentFile

from didaskaleio.completion import operations as completion
from didaskaleio.completion.enums import MeasureKind
from didaskaleio.completion.models import Pack
from didaskaleio.completion.queries import dossiers as queries
from didaskaleio.finance import operations as finance
from didaskaleio.finance import queries as contracts_of
from didaskaleio.finance.enums import ContractKind, TermKind, Unit
from didaskaleio.finance.models import Contract, Payee, WorkReport
from didaskaleio.finance.operations import rates, work, work_reports
from didaskaleio.kernel import typesetting
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.people.models import Person
from didaskaleio.people.queries import actor_of
from didaskaleio.programmes.models import Programme, TrainingAction
from didaskaleio.site.story.cast import Cast, actor
from didaskaleio.site.story.contracts import in_force
from didaskaleio.site.story.moments import NOW, local
from didaskaleio.site.story.payments import DECISION, MATERIAL
from didaskaleio.structures.models import FundedProject

SUMMER, AUTUMN, LATELY = local(2022, 7, 1, 12), local(2022, 11, 2, 11), NOW - timedelta(hours=21)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TAUGHT = (
    "Δουλέψαμε τα σενάρια της συστάδας με τα λογισμικά του μαθήματος. Κάθε ομάδα παρουσίασε "
    "μία δραστηριότητα για τη δική της τάξη και σχολίασε τις υπόλοιπες."
)
GUIDED = "Σχολίασα κάθε εργασία γραπτά και πρότεινα διορθώσεις πριν από την επόμενη συνάντηση."
SUPPORTED = "Ετοίμασα τους υπολογιστές του εργαστηρίου και βοήθησα όσους είχαν τεχνικά προβλήματα."
ITEMS = "Έγραψα θέματα πολλαπλής επιλογής για δύο ενότητες, με υπόδειξη απάντησης."


def told(cast: Cast, first: TrainingAction, second: TrainingAction) -> None:
    """What contributors report, and what the body packs for those who audit it."""
    _accepted(cast)
    _in_hand()
    _submitted(cast, second)
    _returned(cast, second)
    _packs(cast, first)


def _written(contract: Contract, texts: dict[str, str], summary: str, at: datetime) -> WorkReport:
    person = contract.payee.person
    assert person is not None  # noqa: S101 - a contract of a person
    return work_reports.write(contract, texts, summary, actor=actor_of(person, at=at), at=at)


def _submit(report: WorkReport, at: datetime) -> None:
    person = report.contract.payee.person
    assert person is not None  # noqa: S101 - a contract of a person
    work_reports.submit(report, actor=actor_of(person, at=at), at=at)


def _of(username: str, **narrow: object) -> Contract:
    rows = contracts_of.contracts().filter(
        payee__person__username=username, programme__isnull=False, **narrow
    )
    return rows.get()


def _accepted(cast: Cast) -> None:
    """The trainer of the first period, once the programme was over."""
    contract = _of("trainer", state="ended", kind=ContractKind.TRAINER)
    words = {"hour": TAUGHT, "async_hour": GUIDED}
    summary = "Η ομάδα ζητά περισσότερο χρόνο για εφαρμογή στην τάξη."
    report = _written(contract, words, summary, SUMMER)
    _submit(report, SUMMER + HOUR)
    work_reports.accept(report, actor=cast.actor("centre"), at=SUMMER + 2 * DAY)


def _in_hand() -> None:
    """The same person writes while the next programme runs."""
    contract = _of("trainer", state="in_force", kind=ContractKind.TRAINER)
    _written(contract, {"hour": "Ως τώρα ολοκληρώθηκαν οι πρώτες ενότητες."}, "", LATELY)


def _drawn(
    cast: Cast, action: TrainingAction, kind: ContractKind, person: Person, duties: str
) -> Contract:
    """A contract about the whole action, signed."""
    desk = cast.actor("finance")
    payee = Payee.objects.get(person=person)
    terms = finance.Terms(duties, AUTUMN.date(), date(2023, 2, 26))
    made = finance.draw_up(action, kind, payee, terms, actor=desk, at=AUTUMN)
    row = contracts_of.contracts().get(pk=made.pk)
    in_force(row, desk, AUTUMN + HOUR)
    return contracts_of.contracts().get(pk=row.pk)


def _submitted(cast: Cast, action: TrainingAction) -> None:
    """Support in the centres of an action: the body reads it."""
    duties = "Τεχνική υποστήριξη προγραμμάτων της δράσης"
    contract = _drawn(cast, action, ContractKind.STAFF, cast.staff["LAR"], duties)
    report = _written(contract, {"staff_hour": SUPPORTED}, "", LATELY - 2 * DAY)
    _submit(report, LATELY - 2 * DAY + HOUR)


def _returned(cast: Cast, action: TrainingAction) -> None:
    """Items written for the bank, shown by a document; the body asks for more words."""
    person = cast.trainers["LAR", "B2.1"]
    duties = "Συγγραφή θεμάτων για τις ενότητες 1 και 2"
    contract = _drawn(cast, action, ContractKind.AUTHOR, person, duties)
    desk, day = cast.actor("finance"), date(2022, 12, 12)
    rate = rates.TermFacts(
        TermKind.RATE,
        Decimal(12),
        date(2022, 11, 1),
        DECISION,
        unit=Unit.ITEM,
        role=ContractKind.AUTHOR,
    )
    rates.set_term(action, rate, actor=desk, at=AUTUMN)
    paper = typesetting.render(MATERIAL, {"title": "Κατάσταση θεμάτων"})
    entry = work.Entry(
        contract.payee, ContractKind.AUTHOR, Unit.ITEM, Decimal(30), day, "Θέματα ενοτήτων 1–2"
    )
    at = LATELY - 3 * DAY
    work.enter(action, entry, ContentFile(paper, "themata.pdf"), actor=desk, at=at)
    report = _written(contract, {"item": ITEMS}, "", at + HOUR)
    _submit(report, at + 2 * HOUR)
    reason = "Γράψτε ανά ενότητα πόσα θέματα παραδόθηκαν και με ποια δυσκολία."
    work_reports.send_back(report, actor=cast.actor("officer"), at=at + DAY, reason=reason)


def _measures(cast: Cast, project: FundedProject) -> None:
    """What the project does beside the training: done, planned, late, given up."""
    officer, kinds, at = cast.actor("officer"), MeasureKind, local(2022, 2, 10, 10)
    plans = (
        (kinds.EVALUATION, "Ενδιάμεση εσωτερική αξιολόγηση", date(2022, 9, 30), None),
        (kinds.EQUIPMENT, "Φορητοί υπολογιστές για τα κέντρα", date(2022, 12, 20), 40),
        (kinds.SUSTAINABILITY, "Σχέδιο συνέχισης μετά τη λήξη", date(2023, 6, 30), None),
        (kinds.PUBLICITY, "Ημερίδα διάχυσης", date(2022, 11, 15), 1),
    )
    made = [
        completion.plan_measure(project, completion.MeasureFacts(*plan), actor=officer, at=at)
        for plan in plans
    ]
    paper = typesetting.render(MATERIAL, {"title": "Έκθεση ενδιάμεσης αξιολόγησης"})
    completion.complete_measure(
        made[0],
        ContentFile(paper, "axiologisi.pdf"),
        result="Τηρήθηκαν οι δείκτες ποιότητας· προτάθηκαν δύο βελτιώσεις.",
        done_on=date(2022, 9, 28),
        actor=officer,
        at=local(2022, 9, 29, 12),
    )
    reason = "Ενσωματώθηκε στη διαδικτυακή παρουσίαση του Ιουνίου."
    completion.drop_measure(made[3], actor=officer, at=local(2022, 11, 10, 12), reason=reason)


def _packs(cast: Cast, action: TrainingAction) -> None:
    """A sample of last summer whose files are no longer given, a dossier, one in the making."""
    officer, project = cast.actor("officer"), action.project
    assert project is not None  # noqa: S101 - the actions of the story are funded
    _measures(cast, project)
    parts = ["completion.consolidated", "completion.acceptance"]
    sample = completion.Sample(1, "5084974-2022-1")
    reason = "Προετοιμασία για τον διοικητικό έλεγχο της Πράξης, δείγμα α΄ περιόδου."
    at = local(2022, 7, 12, 10)
    old = completion.pack_project(project, sample, parts, reason=reason, actor=officer, at=at)
    _made(old, at + HOUR)
    old.refresh_from_db()
    assert old.ends_at is not None  # noqa: S101 - it was sealed
    completion.lapse_pack(old, actor=SYSTEM, at=old.ends_at)
    programme = queries.programmes().get(period__code="B1-2022-1", centre=cast.centres["KOZ"])
    _dossier(cast, programme)
    everything = ["delivery.sheets", "completion.attestations", "finance.payments"]
    reason = "Επιτόπια επαλήθευση από την αρχή διαχείρισης, αίτημα 118/2023."
    later = completion.Sample(2, "118/2023")
    completion.pack_project(project, later, everything, reason=reason, actor=officer, at=LATELY)


def _dossier(cast: Cast, programme: Programme) -> None:
    reason = "Αρχειοθέτηση του φακέλου μετά την αποδοχή των παραστατικών."
    pack = completion.pack_programme(
        programme, reason=reason, actor=cast.actor("officer"), at=LATELY - DAY
    )
    _made(pack, LATELY - DAY + HOUR)
    completion.handed_over(pack, actor=actor(cast.accounts["officer"]), at=LATELY)


def _made(pack: Pack, at: datetime) -> None:
    """What the worker does, at its moment."""
    for unit in pack.units.all():
        completion.fill(unit.pk, at=at)
    completion.seal(pack, actor=SYSTEM, at=at)
    pack.refresh_from_db()
