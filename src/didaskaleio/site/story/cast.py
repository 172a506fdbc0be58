"""The cast (πρόσωπα της επίδειξης): the accounts, and a crowd of plainly synthetic teachers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from django.contrib.auth.hashers import make_password

from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.identifiers import synthetic_afm, synthetic_am
from didaskaleio.people.enums import Employment, IdentifierKind, Role, Scope
from didaskaleio.people.models import (
    HeldCertificate,
    Identifier,
    Person,
    Post,
    SchoolService,
    Teacher,
    TrainerProfile,
)
from didaskaleio.people.queries import actor_of
from didaskaleio.site.demo_accounts import PASSWORD
from didaskaleio.site.story.moments import BEGINNING, NOW
from didaskaleio.structures.models import (
    Cluster,
    ImplementingBody,
    Prefecture,
    Region,
    Room,
    School,
    SchoolType,
    Specialty,
    TrainingCentre,
)

SURNAMES = (
    *("Δειγματίδης", "Δοκιμάκης", "Εικονίδης", "Υποθετάκης", "Παραδειγματάς", "Σχεδιάδης"),
    *("Πλασματίδης", "Φανταστόπουλος", "Τυχαιάκης", "Μακετίδης", "Προτυπάκης", "Σκιαγραφίδης"),
    *("Αναφοράκης", "Στιγμιαίος", "Νοητάκης", "Ενδεικτίδης", "Συμβολίδης", "Αριθμάκης"),
)
FEMALE = {"άς": "ά", "ης": "η", "ος": "ου"}
MEN = ("Γεώργιος", "Νικόλαος", "Δημήτριος", "Κωνσταντίνος", "Ιωάννης", "Αλέξανδρος", "Πέτρος")
WOMEN = ("Ελένη", "Μαρία", "Αικατερίνη", "Σοφία", "Άννα", "Ιωάννα", "Ζωή", "Ουρανία")
LONG_AGO, LATELY = date(2018, 8, 31), date(2021, 8, 27)  # days of appointment
_serial = count(1)


def feminine(surname: str) -> str:
    """The form of an invented surname that a woman bears."""
    if surname.endswith("ίδης"):
        return f"{surname[:-4]}ίδου"
    if surname.endswith("άκης"):
        return f"{surname[:-2]}η"
    return surname[:-2] + FEMALE[surname[-2:]]


@dataclass
class Cast:
    """Who plays: the accounts by user name, and the crowd by prefecture and specialty."""

    accounts: dict[str, Person] = field(default_factory=dict)
    centres: dict[str, TrainingCentre] = field(default_factory=dict)
    managers: dict[str, Person] = field(default_factory=dict)
    staff: dict[str, Person] = field(default_factory=dict)
    trainers: dict[tuple[str, str], Person] = field(default_factory=dict)
    crowd: dict[tuple[str, str], list[Person]] = field(default_factory=dict)

    def actor(self, username: str) -> Actor:
        return actor(self.accounts[username])


def actor(person: Person) -> Actor:
    """A person as an actor, with the posts open at the demonstration's beginning."""
    return actor_of(person, at=NOW)


def account(username: str, surname: str, given_name: str, father: str = "Αντώνιος") -> Person:
    """One of the accounts of the login page."""
    return Person.objects.create(
        username=username,
        password=make_password(PASSWORD),
        surname=surname,
        given_name=given_name,
        father_name=father,
        email=f"{username}@epideixi.example",
    )


def post(
    person: Person, role: str, scope: str = Scope.COUNTRY, scope_id: int | None = None
) -> None:
    """Give a post from the beginning of the story."""
    Post.objects.create(
        person=person, role=role, scope=scope, scope_id=scope_id, valid_from=BEGINNING
    )


def names() -> Iterator[tuple[str, str, str]]:
    """Surname, given name, father's name: synthetic, in a fixed order."""
    for n in count():
        surname = SURNAMES[n % len(SURNAMES)]
        father = MEN[(n // 3) % len(MEN)]
        if n % 2:
            yield feminine(surname), WOMEN[n % len(WOMEN)], father
        else:
            yield surname, MEN[n % len(MEN)], father


_names = names()


def school(
    prefecture: str, number: int, type_code: str = "GYM", *, kind: str = "Γυμνάσιο"
) -> School:
    """An invented school in the seat of a prefecture."""
    place = Prefecture.objects.select_related("region").get(code=prefecture)
    return School.objects.create(
        code=f"98{next(_serial):05}",
        name=f"{number}ο {kind} Επίδειξης {place.genitive}",
        type=SchoolType.objects.get(code=type_code),
        prefecture=place,
        region=place.region,
        regional_unit=unit_of(place),
        directorate=directorate_of(place, type_code),
        town=place.seat,
    )


def unit_of(prefecture: Prefecture) -> Any:
    from didaskaleio.structures.models import RegionalUnit

    return RegionalUnit.objects.filter(prefecture=prefecture).order_by("pk").first()


def directorate_of(prefecture: Prefecture, type_code: str) -> Any:
    from didaskaleio.structures.models import Directorate

    level = "primary" if type_code in {"DIM", "NIP"} else "secondary"
    rows = Directorate.objects.filter(prefecture=prefecture, level=level)
    return rows.order_by("pk").first()


def centre(cast: Cast, prefecture: str, body: ImplementingBody) -> TrainingCentre:
    """A training centre in a school of the prefecture, with a manager and one of staff."""
    host = school(prefecture, 17, "GEL", kind="ΓΕ.Λ.")
    place = Prefecture.objects.select_related("region").get(code=prefecture)
    row = TrainingCentre.objects.create(
        code=f"KSE-{prefecture}",
        name=f"Κ.Σ.Ε. {host.name}",
        kind=TrainingCentre.Kind.PUBLIC_SCHOOL,
        school=host,
        body=body,
        prefecture=place,
        region=place.region,
        regional_unit=unit_of(place),
        directorate=host.directorate,
        town=host.town,
        address="Οδός Δοκιμής 1",
    )
    for name in ("Εργαστήριο Α", "Εργαστήριο Β"):
        Room.objects.create(
            centre=row, name=name, seats=16, equipment="Υπολογιστές, βιντεοπροβολέας"
        )
    manager = cast.accounts["centre"] if prefecture == "KOZ" else person()
    helper = person()
    post(manager, Role.CENTRE_MANAGER, Scope.CENTRE, row.pk)
    post(helper, Role.CENTRE_STAFF, Scope.CENTRE, row.pk)
    cast.centres[prefecture], cast.managers[prefecture] = row, manager
    cast.staff[prefecture] = helper
    return row


def person(**facts: Any) -> Person:
    """Somebody of the crowd; nobody can sign in as them."""
    surname, given, father = next(_names)
    values = {
        "username": f"d{next(_serial):06}",
        "password": "!",
        "surname": surname,
        "given_name": given,
        "father_name": father,
    }
    return Person.objects.create(**values | facts)


def teach(
    someone: Person,
    specialty: str,
    at_school: School,
    *certificates: str,
    hours: int = 20,
    appointed: date = LONG_AGO,
) -> Person:
    """Make a person a teacher who serves at a school and holds certificates.

    Who was ``appointed`` lately served there as a substitute before, and has no organic post yet.
    """
    number = next(_serial)
    teacher = Teacher.objects.create(
        person=someone,
        specialty=Specialty.objects.get(code=specialty),
        employment=Employment.PERMANENT,
        appointed_on=appointed,
        checked_on=NOW.date(),
    )
    SchoolService.objects.create(
        teacher=teacher,
        school=at_school,
        organic=appointed == LONG_AGO,
        hours=hours,
        valid_from=date(2019, 9, 1),
    )
    Identifier.objects.create(
        person=someone, kind=IdentifierKind.AFM, value=synthetic_afm(9_990_000 + number)
    )
    Identifier.objects.create(
        person=someone, kind=IdentifierKind.AM, value=synthetic_am(199_999 - number)
    )
    for kind in certificates:
        HeldCertificate.objects.create(
            person=someone,
            kind=kind,
            number=f"{kind}-2021-{number:06}",
            issued_on=date(2021, 6, 14),
            source="Δεδομένα επίδειξης",
        )
    post(someone, Role.TEACHER)
    return someone


def crowd(cast: Cast, prefecture: str, specialty: str, size: int, *certificates: str) -> None:
    """Teachers of one specialty in one prefecture."""
    type_code, kind = {"ΠΕ70": ("DIM", "Δημοτικό")}.get(specialty, ("GYM", "Γυμνάσιο"))
    schools = [school(prefecture, n, type_code, kind=kind) for n in range(1, 4)]
    people, held = cast.crowd.setdefault((prefecture, specialty), []), certificates or ("B1",)
    people += [
        teach(person(), specialty, schools[n % 3], *held, appointed=_appointed(specialty, n))
        for n in range(size)
    ]


def _appointed(specialty: str, n: int) -> date:
    """Some primary teachers were appointed lately."""
    return LATELY if specialty == "ΠΕ70" and n % 4 == 0 else LONG_AGO


def trainer(
    cast: Cast, prefecture: str, specialty: str, cluster: str, who: Person | None = None
) -> Person:
    """A trainer of one cluster who serves in the prefecture."""
    someone = teach(who or person(), specialty, school(prefecture, 9), "B1", "PAKE")
    profile = TrainerProfile.objects.create(person=someone, valid_from=BEGINNING.date())
    profile.clusters.set(Cluster.objects.filter(code__in=[cluster, cluster.replace("B2", "B1")]))
    post(someone, Role.TRAINER)
    cast.trainers[prefecture, cluster] = someone
    return someone


def accounts() -> Cast:
    """The accounts of the login page, with their posts and records."""
    cast = Cast()
    body = ImplementingBody.objects.get(code="itye")
    for username, surname, given in (
        ("teacher", "Δειγματίδου", "Ελένη"),
        ("teacher2", "Δοκιμάκης", "Νικόλαος"),
        ("teacher3", "Πλασματίδου", "Ιωάννα"),
        ("trainer", "Προτυπάκη", "Σοφία"),
        ("author", "Σχεδιάδης", "Πέτρος"),
        ("approver", "Ενδεικτίδου", "Άννα"),
        ("centre", "Μακετίδης", "Γεώργιος"),
        ("company", "Τυχαιάκη", "Δήμητρα"),
        ("officer", "Υποθετάκη", "Μαρία"),
        ("officer2", "Συμβολίδης", "Ιωάννης"),
        ("registrar", "Στιγμιαίου", "Αικατερίνη"),
        ("assessor", "Τυχαιάκης", "Αλέξανδρος"),
        ("committee", "Νοητάκη", "Αικατερίνη"),
        ("region", "Αναφοράκη", "Ζωή"),
        ("ministry", "Νοητάκης", "Δημήτριος"),
        ("admin", "Αριθμάκη", "Ουρανία"),
    ):
        cast.accounts[username] = account(username, surname, given)
    for username in ("officer", "officer2"):
        post(cast.accounts[username], Role.BODY_OFFICER, Scope.BODY, body.pk)
    post(cast.accounts["officer"], Role.BODY_HEAD, Scope.BODY, body.pk)
    post(cast.accounts["registrar"], Role.REGISTRAR, Scope.BODY, body.pk)
    west = Region.objects.get(code=Prefecture.objects.get(code="KOZ").region.code)
    post(cast.accounts["region"], Role.REGIONAL_OFFICER, Scope.REGION, west.pk)
    post(cast.accounts["ministry"], Role.MINISTRY_OFFICER)
    post(cast.accounts["admin"], Role.OPERATOR)
    home = school("KOZ", 14)
    teach(cast.accounts["teacher"], "ΠΕ03", home, "B1", appointed=LATELY)
    teach(cast.accounts["teacher2"], "ΠΕ03", home, "A", "B1")
    # nobody's applicant yet: one of the free places of the supplementary period is for her
    teach(cast.accounts["teacher3"], "ΠΕ02", school("THS", 14), "A", "B1")
    return cast
