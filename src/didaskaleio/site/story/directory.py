"""Directory of the story (κατάλογος δομών): structures of the places, terms in every phase."""

from __future__ import annotations

from datetime import date
from typing import Any

from didaskaleio.directory import operations
from didaskaleio.directory.enums import EngagementKind, OfficeKind
from didaskaleio.directory.models import Engagement, Office, Structure, Term
from didaskaleio.kernel import lifecycle
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.people.models import Person
from didaskaleio.site.story.cast import Cast, actor, directorate_of, person
from didaskaleio.site.story.moments import local
from didaskaleio.structures.models import ImplementingBody, Prefecture, StructureType

BEGUN = local(2021, 9, 1, 9)
ABOUT = {
    "KYPEK": "Ενιαίο σημείο αναφοράς για σχολεία, εκπαιδευτικούς και γονείς του νομού.",
    "EKFE": "Εργαστηριακή υποστήριξη στις Φυσικές Επιστήμες για όλα τα σχολεία.",
    "KEPLINET": "Τεχνική στήριξη των σχολικών εργαστηρίων και συμβουλές για τη χρήση Τ.Π.Ε.",
    "KESYP": "Ατομική και ομαδική συμβουλευτική σταδιοδρομίας για μαθητές και γονείς.",
    "SSN": "Ψυχοκοινωνική στήριξη μαθητών, γονέων και εκπαιδευτικών.",
    "GPSD": "Προγράμματα αγωγής υγείας, περιβαλλοντικά και πολιτιστικά.",
    "PEK": "Επιμόρφωση και εισαγωγική επιμόρφωση εκπαιδευτικών.",
    "KPE": "Εκπαιδευτικά προγράμματα στο πεδίο για το περιβάλλον και την αειφορία.",
    "KEDDY": "Διάγνωση και υποστήριξη μαθητών με ειδικές εκπαιδευτικές ανάγκες.",
    "PAKE": "Εκπαίδευση των επιμορφωτών Β΄ επιπέδου.",
    "KEPIS": "Εξετάσεις πιστοποίησης σε πανεπιστημιακά εργαστήρια.",
}
INSIDE = ("EKFE", "KEPLINET", "KESYP", "SSN", "GPSD")
BESIDE = ("PEK", "KEDDY", "KPE")
PLACES = ("KOZ", "THS", "LAR", "HER")
WHOLE = (date(2021, 9, 1), date(2025, 8, 31))
ENDING = (date(2019, 3, 1), date(2023, 2, 28))


def directory(cast: Cast) -> None:
    """Structures of four prefectures: most are led, some are vacant, some terms end soon."""
    for place in PLACES:
        _of_place(cast, Prefecture.objects.select_related("region").get(code=place))
    _guests(cast)
    _of_body(cast, Prefecture.objects.select_related("region").get(code="THS"))
    _life(cast)


def _guests(cast: Cast) -> None:
    """People outside the teacher record: one with a role, one near the end, one who stopped."""
    body, centre = ImplementingBody.objects.get(code="itye"), cast.centres["KOZ"]
    _guest(cast, EngagementKind.STUDENT, "Υποστήριξη εργαστηρίου", centre=centre, right=True)
    soon = date(2023, 1, 31)
    expert = _guest(
        cast, EngagementKind.EXPERT, "Αξιολόγηση επιμορφωτικού υλικού", body=body, ends_on=soon
    )
    lifecycle.known["engagement"].operations["remind"](expert, actor=SYSTEM, at=expert.remind_at)
    left = _guest(cast, EngagementKind.VOLUNTEER, "Ομάδα ρομποτικής", centre=centre, right=True)
    reason = "Μετακόμισε σε άλλη πόλη."
    officer = cast.actor("officer")
    operations.stop(left, actor=officer, at=local(2022, 12, 5, 9), reason=reason)


def _guest(cast: Cast, kind: EngagementKind, duties: str, **more: Any) -> Engagement:
    facts: dict[str, Any] = {
        "kind": kind,
        "duties": duties,
        "agreement": f"Συμφωνητικό {12 + Engagement.objects.count()}/2022",
        "begins_on": date(2022, 10, 3),
        "ends_on": date(2023, 6, 30),
        "actor": cast.actor("officer"),
        "at": local(2022, 10, 3, 10),
    }
    return operations.engage(person(), **facts | more)


def _of_body(cast: Cast, place: Prefecture) -> None:
    """Two structures that an implementing body keeps itself, one inside the other."""
    body = ImplementingBody.objects.get(code="itye")
    whole = _listed(cast, "PAKE", place, body=body)
    _listed(cast, "KEPIS", place, body=body, parent=whole)
    by: dict[str, Any] = {"actor": cast.actor("officer"), "at": BEGUN}
    _soon(cast, operations.found(whole, kind=OfficeKind.DEPUTY, **by), person())


def _of_place(cast: Cast, place: Prefecture) -> None:
    whole = _listed(cast, "KYPEK", place)
    for code in INSIDE:
        _listed(cast, code, place, parent=whole)
    for code in BESIDE:
        _listed(cast, code, place)


def _listed(cast: Cast, code: str, place: Prefecture, **more: Any) -> Structure:
    kind = StructureType.objects.get(code=code)
    slug = f"{code}-{place.code}".lower()
    row = operations.enter(
        actor=cast.actor("ministry"),
        at=BEGUN,
        type=kind,
        name=f"{kind.abbreviation} {place.genitive}",
        prefecture=place,
        directorate=directorate_of(place, "GYM"),
        town=place.seat,
        address=f"Οδός Δοκιμής {10 + Structure.objects.count()}",
        phone=f"2100000{Structure.objects.count():03}",
        email=f"{slug}@epideixi.example",
        about=ABOUT[code],
        **more,
    )
    if code not in {"SSN", "KEPIS"}:
        _held(cast, row, OfficeKind.HEAD, person())
    if code in {"KYPEK", "EKFE", "PEK"}:
        operations.found(row, kind=OfficeKind.DEPUTY, actor=cast.actor("ministry"), at=BEGUN)
        if code != "PEK":
            _held(cast, row, OfficeKind.DEPUTY, person())
    return row


def _held(
    cast: Cast,
    structure: Structure,
    kind: OfficeKind,
    who: Person,
    days: tuple[date, date] = WHOLE,
) -> Term:
    office = structure.offices.get(kind=kind)
    return _appointed(cast, office, who, days)


def _appointed(cast: Cast, office: Office, who: Person, days: tuple[date, date]) -> Term:
    return operations.appoint(
        office,
        who,
        begins_on=days[0],
        ends_on=days[1],
        decision=f"Φ.11/{4000 + Term.objects.count()}/{days[0].year}",
        actor=cast.actor("ministry"),
        at=max(BEGUN, local(days[0].year, days[0].month, days[0].day)),
    )


def _life(cast: Cast) -> None:
    """In Kozani: staff of the centre, an end near with and without a successor, a resignation."""
    centre, officer = _structure("KYPEK", "KOZ"), cast.actor("region")
    by: dict[str, Any] = {"actor": officer, "at": BEGUN}
    for title in ("Τεχνική υποστήριξη", "Τεχνική υποστήριξη", "Γραμματεία"):
        operations.found(centre, kind=OfficeKind.STAFF, title=title, **by)
    first, second, _ = centre.offices.filter(kind=OfficeKind.STAFF).order_by("pk")
    _soon(cast, first, person())
    _soon(cast, second, cast.accounts["trainer"])
    operations.appoint(
        second,
        person(),
        begins_on=date(2023, 3, 1),
        ends_on=date(2027, 2, 28),
        decision="Φ.11/5120/2023",
        actor=officer,
        at=local(2023, 1, 12, 11),
    )
    _resigned(_structure("KESYP", "KOZ"))
    _handed_over(_structure("EKFE", "KOZ"), cast)


def _structure(code: str, place: str) -> Structure:
    return Structure.objects.get(type__code=code, prefecture__code=place)


def _soon(cast: Cast, office: Office, who: Person) -> Term:
    """A term whose end is near, and of which the officers have been told."""
    made = _appointed(cast, office, who, ENDING)
    operations.remind(made, actor=SYSTEM, at=made.remind_at)
    return made


def _resigned(structure: Structure) -> None:
    held = structure.offices.get(kind=OfficeKind.HEAD).terms.get()
    reason = "Μετάθεση σε σχολείο άλλου νομού."
    operations.resign(held, actor=actor(held.person), at=local(2023, 1, 10, 13), reason=reason)


def _handed_over(structure: Structure, cast: Cast) -> None:
    """A deputy who left last autumn, with the handover, and who came after."""
    office = structure.offices.get(kind=OfficeKind.DEPUTY)
    left, officer = office.terms.get(), cast.actor("region")
    reason = "Τοποθέτηση σε θέση διεύθυνσης σχολείου."
    operations.release(left, actor=officer, at=local(2022, 10, 3, 10), reason=reason)
    reason = "Παραδόθηκαν κλειδιά, αρχείο και κατάλογος οργάνων."
    operations.hand_over(left, actor=officer, at=local(2022, 10, 4, 12), reason=reason)
    _appointed(cast, office, person(), (date(2022, 10, 5), date(2025, 8, 31)))
