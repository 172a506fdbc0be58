"""Exports of MySchool in the story (εξαγωγές): one applied, one that waits to be looked at."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from didaskaleio.connectors import operations
from didaskaleio.connectors.models import TeacherImport
from didaskaleio.kernel import greek
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.identifiers import synthetic_afm
from didaskaleio.people.models import Person
from didaskaleio.site.story.cast import Cast
from didaskaleio.structures.models import School

HEADING = (
    *("Α/Α", "Α.Φ.Μ.", "Α.Μ.", "ΕΠΩΝΥΜΟ", "ΟΝΟΜΑ", "ΠΑΤΡΩΝΥΜΟ", "ΚΛΑΔΟΣ", "ΣΧΕΣΗ ΕΡΓΑΣΙΑΣ"),
    *("ΚΩΔΙΚΟΣ ΣΧΟΛΕΙΟΥ", "ΩΡΕΣ", "ΟΡΓΑΝΙΚΗ", "ΑΠΟ"),
)
NEWCOMER, ACCOUNT = synthetic_afm(9_980_001), synthetic_afm(9_980_002)
HOURS = {3: 18, 7: 14}  # by place among the crowd; the others teach 20
Row = list[object]


def imports(cast: Cast) -> None:
    """The export of 12 January stands; that of the 17th is compared and waits."""
    crowd = cast.crowd["KOZ", "ΠΕ03"][:24]
    first, second = moments()
    row = _compared(cast, [_line(p, hours=HOURS.get(n, 20)) for n, p in enumerate(crowd)], first)
    operations.apply(row, actor=cast.actor("ministry"), at=first)
    operations.carry_out(row, actor=SYSTEM, at=first)
    _compared(cast, _later(crowd), second)


def corrections(cast: Cast) -> None:
    """One request was answered, one waits."""
    at, officer = datetime(2023, 1, 16, 18, 20, tzinfo=ATHENS), cast.actor("ministry")
    person, other = cast.accounts["teacher2"], cast.accounts["teacher"]
    row = operations.request_correction(
        person,
        fact="father_name",
        wanted="Αντώνιος-Θωμάς",
        why="Ληξιαρχική πράξη γέννησης.",
        actor=cast.actor("teacher2"),
        at=at,
    )
    told = "Διαβιβάστηκε στη Διεύθυνση· θα διορθωθεί στο MySchool."
    operations.accept(row, actor=officer, at=at + timedelta(hours=15), reason=told)
    operations.request_correction(
        other,
        fact="services",
        wanted="Δύο ώρες σε δεύτερο σχολείο από 9/1/2023",
        why="Απόφαση διάθεσης της Διεύθυνσης.",
        actor=cast.actor("teacher"),
        at=at + timedelta(hours=20),
    )


def moments() -> tuple[datetime, datetime]:
    """When the two exports came."""
    return datetime(2023, 1, 12, 9, 30, tzinfo=ATHENS), datetime(2023, 1, 17, 13, 5, tzinfo=ATHENS)


def _later(crowd: list[Person]) -> list[Row]:
    """Other hours, another school, a newcomer, a school's account and an unreadable line."""
    lines = [_line(person, hours=HOURS.get(n, 20)) for n, person in enumerate(crowd)]
    for place, hours in ((1, 16), (4, 18), (9, 8)):
        lines[place][9] = hours
    other = _school(crowd[0]).code
    lines.append([*lines[9][:8], other, 12, "ΟΧΙ", "9/1/2023"])
    lines[12][7] = "ΑΝΑΠΛΗΡΩΤΗΣ"
    lines[15][9] = "πολλές"
    new: Row = ["", NEWCOMER, "", "ΝΕΟΦΕΡΜΕΝΙΔΟΥ", "ΖΩΗ", "ΠΕΤΡΟΣ", "ΠΕ86.00", "ΑΝΑΠΛΗΡΩΤΗΣ"]
    account: Row = ["", ACCOUNT, "", "1ο ΓΥΜΝΑΣΙΟ", "ΚΟΖΑΝΗΣ", "", "ΠΕ03", "ΜΟΝΙΜΟΣ"]
    where: Row = [other, 18, "ΝΑΙ", "9/1/2023"]
    return [*lines, [*new, *where], [*account, *where]]


def _school(person: Person) -> School:
    service = person.teacher.services.order_by("-hours", "pk").select_related("school").first()
    assert service is not None  # noqa: S101 - the crowd teaches
    return service.school


def _line(person: Person, *, hours: int) -> Row:
    """A line as MySchool writes it: in capitals without accents."""
    held = dict(person.identifiers.values_list("kind", "value"))
    names = (person.surname, person.given_name, person.father_name)
    facts = [greek.capitals(name) for name in names]
    number, school = person.pk, _school(person)
    own = [number, held["afm"], held["am"], *facts, person.teacher.specialty_code, "ΜΟΝΙΜΟΣ"]
    return [*own, school.code, hours, "ΝΑΙ", "1/9/2019"]


def _compared(cast: Cast, lines: Iterable[Row], at: datetime) -> TeacherImport:
    text = "\r\n".join(";".join(map(str, line)) for line in [HEADING, *lines])
    officer, day = cast.actor("ministry"), date(at.year, at.month, at.day)
    name = f"ekpaideytikoi_{day:%d%m%Y}.csv"
    upload = io.BytesIO(text.encode("cp1253"))
    row = operations.receive(upload, name, as_of=day, whole=False, actor=officer, at=at)
    operations.map_columns(row, columns=row.columns, actor=officer, at=at)
    operations.compare(row, actor=SYSTEM, at=at)
    return row
