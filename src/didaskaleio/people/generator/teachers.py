"""Teachers (εκπαιδευτικοί) of the synthetic nation: one at a time, every kind of post."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from didaskaleio.kernel import identifiers
from didaskaleio.people.enums import CertificateKind
from didaskaleio.people.generator.names import a_name
from didaskaleio.people.generator.nation import Frame
from didaskaleio.people.generator.schools import Site

SCHOOL_YEAR = "2022-09-01"
ORGANIC_SINCE = "2018-09-01"
POSTS_SINCE = "2022-09-01 00:00:00+03"
CHECKED = "2022-12-15"
# one teacher in so many is of this kind; the periods are coprime, so that kinds also combine
SPECIAL_POST, SUBSTITUTE, HOURLY = 17, 5, 53
TWO_SCHOOLS, TWO_PREFECTURES, SECONDED = 11, 37, 211
LEAVE_NOW, LEAVE_WHOLE, LEAVE_UNTIL_MARCH = 97, 149, 163
TRAINER, OLD_B, HAS_A, HAS_B1 = 41, 29, 3, 2
NEWLY_APPOINTED = 23
APPOINTED = ("2021-08-27", "2022-08-17")
YEARS_BEFORE = (1996, 22)  # first of them, how many: all before the organic posts
PRIMARY = {"ΠΕ70": 66, "ΠΕ71": 6, "ΠΕ06": 8, "ΠΕ11": 7, "ΠΕ86": 3, "ΠΕ79.01": 3, "ΠΕ05": 2,
           "ΠΕ07": 2, "ΠΕ08": 1, "ΠΕ91.01": 1, "ΠΕ73": 1}  # fmt: skip
NURSERY = {"ΠΕ60": 90, "ΠΕ61": 10}
SECONDARY = {"ΠΕ02": 26, "ΠΕ03": 14, "ΠΕ04.01": 8, "ΠΕ04.02": 3, "ΠΕ04.04": 3, "ΠΕ04.05": 1,
             "ΠΕ86": 9, "ΠΕ06": 7, "ΠΕ05": 3, "ΠΕ07": 3, "ΠΕ11": 6, "ΠΕ01": 3, "ΠΕ78": 4,
             "ΠΕ80": 4, "ΠΕ08": 1, "ΠΕ79.01": 2, "ΠΕ81": 2, "ΠΕ82": 3, "ΠΕ83": 2, "ΠΕ84": 1,
             "ΠΕ87.02": 2, "ΠΕ88.01": 2, "ΠΕ34": 1, "ΠΕ91.01": 1}  # fmt: skip
HOME_OF = {"ΠΕ60": "NIP", "ΠΕ61": "NIP", "ΠΕ70": "DIM", "ΠΕ71": "DIM", "ΠΕ73": "DIM"}
SPECIAL_BRANCHES = ("ΠΕ61", "ΠΕ71", "ΠΕ11.01")
MIX_OF = {"NIP": NURSERY, "DIM": PRIMARY, "SMA": PRIMARY}
DRAWS = {id(mix): (list(mix), list(mix.values())) for mix in (NURSERY, PRIMARY, SECONDARY)}


@dataclass(slots=True)
class Ids:
    """The next free id of each table."""

    next: dict[str, int]

    def take(self, table: str) -> int:
        self.next[table] += 1
        return self.next[table] - 1


Row = tuple[str, tuple[Any, ...]]


def teacher_rows(
    g: int,
    specialty: str,
    site: Site,
    reach: tuple[Site, Site, Site],
    *,
    frame: Frame,
    ids: Ids,
    chance: Random,
    phase: int,
    sure_trainer: bool,
) -> Iterator[Row]:
    """Every row of teacher number ``g``: table and columns (see ``tables``).

    ``site`` is where the post is; ``reach`` holds another school of the prefecture, one of
    another prefecture and one abroad; ``phase`` turns which numbers are of which kind.
    """
    turn = g + phase
    surname, given, father = a_name(chance)
    person, teacher = ids.take("people_person"), ids.take("people_teacher")
    employment = _employment(turn, site)
    seconded = turn % SECONDED == 0
    special = turn % SPECIAL_POST == 0 and specialty in frame.b2_clusters
    yield "people_person", (person, "!", None, f"t{g:06}", surname, given, father,
                            f"t{g:06}@sch.example", "", True, None)  # fmt: skip
    yield from _identifiers(person, g, ids, has_am=employment != "substitute")
    yield _post(person, "teacher", ids)
    yield "people_teacher", (teacher, person, frame.specialties[specialty], special,
                             employment, seconded, "MySchool", CHECKED,
                             _appointed(turn, employment))  # fmt: skip
    stays = employment != "substitute" and not _is_new(turn, employment)
    yield from _services(teacher, turn, site, reach, ids=ids, chance=chance, stays=stays)
    yield from _leaves(teacher, turn, ids)
    trains = specialty in frame.b2_clusters and (sure_trainer or turn % TRAINER == 0)
    yield from _certificates(person, g, turn, ids, trains=trains)
    if trains:
        cluster = frame.special_cluster if special else frame.b2_clusters[specialty]
        profile = ids.take("people_trainerprofile")
        yield "people_trainerprofile", (profile, person, "2021-01-01", None)
        yield "people_trainerprofile_clusters", (
            ids.take("people_trainerprofile_clusters"), profile, cluster,
        )  # fmt: skip
        yield _post(person, "trainer", ids)


def draw_specialty(site: Site, chance: Random) -> str:
    """A specialty that teaches at such a school."""
    names, weights = DRAWS[id(MIX_OF.get(site.type, SECONDARY))]
    return chance.choices(names, weights)[0]


def _identifiers(person: int, g: int, ids: Ids, *, has_am: bool) -> Iterator[Row]:
    found = [("afm", identifiers.synthetic_afm(g))]
    if has_am:
        found.append(("am", identifiers.synthetic_am(g % 200_000)))
    if g % 40 == 0:  # few have the new number yet
        found.append(("pa", identifiers.synthetic_pa(g)))
    for kind, value in found:
        yield "people_identifier", (ids.take("people_identifier"), person, kind, value)


def _post(person: int, role: str, ids: Ids) -> Row:
    return "people_post", (
        ids.take("people_post"),
        person,
        role,
        "country",
        None,
        POSTS_SINCE,
        None,
    )


def _employment(turn: int, site: Site) -> str:
    if site.private:
        return "private"
    if turn % SUBSTITUTE == 0 and turn % SECONDED != 0:
        return "substitute"
    return "hourly" if turn % HOURLY == 0 else "permanent"


def _is_new(turn: int, employment: str) -> bool:
    return employment == "permanent" and turn % NEWLY_APPOINTED == 0


def _appointed(turn: int, employment: str) -> str | None:
    """The day of appointment; the newly appointed have no organic post yet."""
    if employment != "permanent":
        return None
    if _is_new(turn, employment):
        return APPOINTED[turn // NEWLY_APPOINTED % len(APPOINTED)]
    first, many = YEARS_BEFORE
    return f"{first + turn % many}-09-01"


def _services(
    teacher: int,
    turn: int,
    site: Site,
    reach: tuple[Site, Site, Site],
    *,
    ids: Ids,
    chance: Random,
    stays: bool,
) -> Iterator[Row]:
    sibling, other, abroad = reach
    hours, there = chance.randint(16, 23), chance.randint(4, 8)
    if turn % SECONDED == 0:
        yield _service(teacher, site, 0, ids, organic=stays)
        yield _service(teacher, abroad, hours, ids, organic=False)
    elif turn % TWO_PREFECTURES == 0 or (turn % TWO_SCHOOLS == 0 and sibling is not site):
        second = other if turn % TWO_PREFECTURES == 0 else sibling
        yield _service(teacher, site, hours - there, ids, organic=stays)
        yield _service(teacher, second, there, ids, organic=False)
    else:
        yield _service(teacher, site, hours, ids, organic=stays)


def _service(teacher: int, site: Site, hours: int, ids: Ids, *, organic: bool) -> Row:
    since = ORGANIC_SINCE if organic else SCHOOL_YEAR
    return "people_schoolservice", (
        ids.take("people_schoolservice"), teacher, site.pk, organic, hours, since, None,
    )  # fmt: skip


def _leaves(teacher: int, turn: int, ids: Ids) -> Iterator[Row]:
    spans = [
        (LEAVE_NOW, "2023-01-09", "2023-02-24", "Αναρρωτική άδεια"),
        (LEAVE_WHOLE, "2022-11-01", "2023-08-31", "Άδεια ανατροφής"),
        (LEAVE_UNTIL_MARCH, "2022-12-01", "2023-03-01", "Άδεια μητρότητας"),
    ]
    for period, since, until, kind in spans:
        if turn % period == 0:
            yield "people_leave", (ids.take("people_leave"), teacher, since, until, kind)


def _certificates(person: int, g: int, turn: int, ids: Ids, *, trains: bool) -> Iterator[Row]:
    held = [
        (CertificateKind.A, turn % HAS_A != 0, "2016-05-20"),
        (CertificateKind.B1, trains or turn % HAS_B1 == 0, "2019-06-14"),
        (CertificateKind.B1_TRAINING, turn % HAS_B1 == 0, "2018-12-20"),
        (CertificateKind.B_KSE, turn % OLD_B == 0, "2012-06-30"),
        (CertificateKind.PAKE, trains, "2014-07-15"),
    ]
    for kind, has, issued in held:
        if has:
            yield "people_heldcertificate", (
                ids.take("people_heldcertificate"), person, kind.value,
                f"Δ-{kind.value}-{g:06}", issued, None, "συνθετικά δεδομένα",
            )  # fmt: skip
