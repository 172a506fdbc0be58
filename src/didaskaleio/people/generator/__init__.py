"""The synthetic nation (συνθετικός πληθυσμός): schools, centres, teachers, trainers of any size.

Deterministic: the same reference data, size and seed give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from itertools import accumulate
from random import Random

from django.db import connection, transaction

from didaskaleio.kernel.errors import Refusal
from didaskaleio.people.generator import schools
from didaskaleio.people.generator.nation import Frame, Place, apportion, next_ids, read_frame
from didaskaleio.people.generator.schools import WEIGHT, Site
from didaskaleio.people.generator.tables import COLUMNS, Spool
from didaskaleio.people.generator.teachers import HOME_OF, Ids, draw_specialty, teacher_rows
from didaskaleio.people.models import Person

FEWEST, MOST = 51, 199_999
STEP = 5_000
Tell = Callable[[str], None]


class PopulationError(Refusal):
    """A size out of range, or a population that is there already."""


@transaction.atomic
def populate(teachers: int, seed: int, *, tell: Tell = lambda _: None) -> dict[str, int]:
    """Fill the tables with ``teachers`` teachers and what they need; rows per table."""
    if Person.objects.filter(username="t000001").exists():
        raise PopulationError("Υπάρχει ήδη συνθετικός πληθυσμός στη βάση. Ξεκινήστε από κενή βάση.")
    with ExitStack() as stack:
        spool = Spool(stack)
        write(spool, teachers, seed, tell=tell)
        spool.pour(tell)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE " + ", ".join(COLUMNS))
    return spool.counts


def write(spool: Spool, teachers: int, seed: int, *, tell: Tell = lambda _: None) -> None:
    """Write all rows to ``spool``: schools and centres first, then the teachers one by one."""
    if not FEWEST <= teachers <= MOST:
        raise PopulationError(f"Δώστε πλήθος εκπαιδευτικών από {FEWEST} έως {MOST}.")
    frame, ids = read_frame(), Ids(_first_ids())
    parts = apportion(teachers)
    chance = Random(f"didaskaleio:{seed}:schools")  # noqa: S311 - not a secret, must repeat
    sites = {place.code: _schools(place, parts[place.code], spool, frame, ids, chance)
             for place in frame.places}  # fmt: skip
    abroad = schools.schools_abroad(ids.next["structures_school"])
    for site in abroad:
        spool.write("structures_school", site.row(frame))
    _people(spool, frame, ids, parts, sites, abroad, seed, tell)


def _first_ids() -> dict[str, int]:
    from django.apps import apps

    models = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}  # noqa: SLF001
    return next_ids(*(models[table] for table in COLUMNS))


def _schools(
    place: Place, teachers: int, spool: Spool, frame: Frame, ids: Ids, chance: Random
) -> list[Site]:
    sites = schools.schools_of(place, teachers, ids.next["structures_school"], chance)
    ids.next["structures_school"] += len(sites)
    for site in sites:
        spool.write("structures_school", site.row(frame))
    first = ids.next["structures_trainingcentre"]
    for row in schools.centres_of(sites, teachers, first, frame.bodies):
        centre = ids.take("structures_trainingcentre")
        spool.write("structures_trainingcentre", row)
        for room in schools.rooms_of(centre, ids.next["structures_room"], chance):
            ids.take("structures_room")
            spool.write("structures_room", room)
    return sites


def _people(
    spool: Spool,
    frame: Frame,
    ids: Ids,
    parts: dict[str, int],
    sites: dict[str, list[Site]],
    abroad: list[Site],
    seed: int,
    tell: Tell,
) -> None:
    chance = Random(f"didaskaleio:{seed}:people")  # noqa: S311
    phase, g, total = chance.randrange(1_000), 0, sum(parts.values())
    for number, place in enumerate(frame.places):
        here = sites[place.code]
        there = sites[_neighbour(frame, number)]
        weights = list(accumulate(WEIGHT.get(site.type, 12) for site in here))
        musts = list(frame.b2_clusters) if place.code == "ATK" else []
        for n in range(parts[place.code]):
            g += 1
            site, specialty = _job(n, here, weights, musts, chance)
            rows = teacher_rows(
                g,
                specialty,
                site,
                (here[g % len(here)], there[g % len(there)], abroad[g % len(abroad)]),
                frame=frame,
                ids=ids,
                chance=chance,
                phase=phase,
                sure_trainer=n < max(1, len(musts)),
            )
            for table, row in rows:
                spool.write(table, row)
            if g % STEP == 0:
                tell(f"εκπαιδευτικοί {g}/{total}")


def _neighbour(frame: Frame, number: int) -> str:
    """Another prefecture, of the same region where there is one."""
    place = frame.places[number]
    others = [p.code for p in frame.places if p.region == place.region and p.code != place.code]
    return others[number % len(others)] if others else frame.places[number - 1].code


def _job(
    n: int, here: list[Site], weights: list[int], musts: list[str], chance: Random
) -> tuple[Site, str]:
    """School and specialty of the ``n``-th teacher of a prefecture.

    First come the specialties that must occur, then a teacher for each school, then chance.
    """
    if n < len(musts):
        wanted = HOME_OF.get(musts[n], "EPL")
        return next(site for site in here if site.type == wanted), musts[n]
    if n - len(musts) < len(here):
        site = here[n - len(musts)]
    else:
        site = chance.choices(here, cum_weights=weights)[0]
    return site, draw_specialty(site, chance)
