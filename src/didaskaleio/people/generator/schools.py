"""Schools and training centres (σχολεία, Κ.Σ.Ε.) of the synthetic nation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from didaskaleio.people.generator.nation import Frame, Place

TEACHERS_A_SCHOOL = 13
FEWEST_SCHOOLS = 5
TEACHERS_A_CENTRE = 210
CENTRES_OF_OTHER_BODY = 4
FIRST_CODE = 1_000_000
FIRST_NUMBER = 101
USUAL = ("DIM", "GYM", "GEL", "NIP", "EPL")
RARE = ("EPS", "EK", "EEK", "ENE", "SDE", "IEK", "SEK", "ECC", "MOU", "KAL", "PRO", "ESP", "SMA")
MIX = {"DIM": 34, "NIP": 33, "GYM": 13, "GEL": 9, "EPL": 4, "SMA": 2, "ESP": 1, "EK": 1, "PRO": 1,
       "MOU": 1, "ENE": 1}  # fmt: skip
HOSTS = ("GYM", "GEL", "EPL", "DIM")
# how many teachers a school of a type has, against the others
WEIGHT = {"NIP": 3, "DIM": 16, "GYM": 20, "GEL": 22, "EPL": 24}
ABROAD = (("DE", "Μόναχο"), ("BE", "Βρυξέλλες"), ("GB", "Λονδίνο"), ("US", "Νέα Υόρκη"),
          ("AU", "Μελβούρνη"))  # fmt: skip
SHORT = {
    "NIP": "Νηπιαγωγείο", "DIM": "Δημοτικό Σχολείο", "GYM": "Γυμνάσιο", "GEL": "ΓΕ.Λ.",
    "EPL": "ΕΠΑ.Λ.", "EPS": "ΕΠΑ.Σ.", "EK": "Ε.Κ.", "EEK": "Ε.Ε.Ε.Ε.Κ.", "ENE": "ΕΝ.Ε.Ε.ΓΥ.-Λ.",
    "SDE": "Σ.Δ.Ε.", "IEK": "Ι.Ε.Κ.", "SEK": "Σ.Ε.Κ.", "ECC": "Εκκλησιαστικό Σχολείο",
    "MOU": "Μουσικό Σχολείο", "KAL": "Καλλιτεχνικό Σχολείο", "PRO": "Πρότυπο Σχολείο",
    "ESP": "Εσπερινό Γυμνάσιο", "SMA": "Ειδικό Σχολείο",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Site:
    """A school as the generator remembers it."""

    pk: int
    code: str
    name: str
    type: str
    private: bool
    level: str
    place: Place | None
    unit: int | None
    directorate: int | None
    town: str
    country: str

    def row(self, frame: Frame) -> tuple[Any, ...]:
        """The columns of ``structures_school`` (see ``tables``)."""
        place = self.place
        return (
            self.pk,
            self.code,
            self.name,
            frame.types[self.type],
            "private" if self.private else "public",
            self.type == "ESP",
            self.directorate,
            self.unit,
            place.pk if place else None,
            place.region if place else None,
            self.town,
            self.country,
        )


def schools_of(place: Place, teachers: int, first: int, chance: Random) -> list[Site]:
    """The schools of a prefecture, ids from ``first`` on; Attica has every type."""
    amount = max(FEWEST_SCHOOLS, teachers // TEACHERS_A_SCHOOL)
    kinds = list(USUAL)
    if place.code == "ATK":
        kinds += RARE
    kinds += chance.choices(list(MIX), list(MIX.values()), k=max(0, amount - len(kinds)))
    return [_site(place, kind, first + n, n, chance) for n, kind in enumerate(kinds)]


def _site(place: Place, kind: str, pk: int, n: int, chance: Random) -> Site:
    level = "primary" if kind in {"NIP", "DIM", "SMA"} else "secondary"
    directorates = place.directorates[level]
    return Site(
        pk=pk,
        code=f"{FIRST_CODE + pk % FIRST_CODE:07}",
        name=f"{FIRST_NUMBER + n}ο {SHORT[kind]} {place.genitive}",
        type=kind,
        private=kind in {"DIM", "GYM", "GEL"} and n >= len(USUAL) and chance.random() < 0.04,  # noqa: PLR2004
        level=level,
        place=place,
        unit=place.units[n % len(place.units)],
        directorate=directorates[n % len(directorates)],
        town=place.seat,
        country="GR",
    )


def schools_abroad(first: int) -> list[Site]:
    """Schools of the diaspora: no prefecture."""
    return [
        Site(
            pk=first + n,
            code=f"{FIRST_CODE + (first + n) % FIRST_CODE:07}",
            name=f"Ελληνικό Σχολείο {FIRST_NUMBER + n} ({town})",
            type="EXO",
            private=False,
            level="primary",
            place=None,
            unit=None,
            directorate=None,
            town=town,
            country=country,
        )
        for n, (country, town) in enumerate(ABROAD)
    ]


def centres_of(
    sites: list[Site], teachers: int, first: int, bodies: dict[str, int]
) -> Iterator[tuple[Any, ...]]:
    """The training centres of a prefecture: rows of ``structures_trainingcentre``."""
    hosts = [s for s in sites if s.type in HOSTS and not s.private]
    hosts.sort(key=lambda site: (HOSTS.index(site.type), site.pk))
    for n, site in enumerate(hosts[: max(1, -(-teachers // TEACHERS_A_CENTRE))]):
        place = site.place
        pk = first + n
        if place:
            other = n % CENTRES_OF_OTHER_BODY == CENTRES_OF_OTHER_BODY - 1
            yield (
                pk, f"K{pk:05}", f"Κ.Σ.Ε. {site.name}", "public_school",
                bodies["iep" if other else "itye"], site.pk, place.pk, site.unit, place.region,
                site.directorate, "", site.town, "2021-09-01", None,
            )  # fmt: skip


def rooms_of(centre: int, first: int, chance: Random) -> Iterator[tuple[Any, ...]]:
    """One or two rooms: rows of ``structures_room``."""
    for n in range(1 + (chance.random() < 0.4)):  # noqa: PLR2004 - two in five have a second
        seats = chance.choice((12, 14, 15, 16, 18, 20))
        yield first + n, centre, f"Εργαστήριο Πληροφορικής {n + 1}", seats, ""
