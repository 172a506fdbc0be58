"""Small actions in the story: each state once, of a centre and of an Ε.Κ.Φ.Ε., with every seat."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from didaskaleio.courses.models import SyllabusUnit
from didaskaleio.directory.models import Structure
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.people.models import Person
from didaskaleio.site.story.cast import Cast, actor
from didaskaleio.site.story.moments import NOW, local
from didaskaleio.small_actions import operations
from didaskaleio.small_actions.models import Seat, SmallAction
from didaskaleio.small_actions.operations import Content
from didaskaleio.structures.models import Cluster, Prefecture

HOUR = timedelta(hours=1)
LAB = "Εργαστήριο Α, 17ο ΓΕ.Λ. Επίδειξης Κοζάνης"
SUMMARY = (
    "Σύντομη παρουσίαση και πρακτική άσκηση σε ομάδες. "
    "Φέρτε φορητό υπολογιστή, αν έχετε· υπάρχουν και του εργαστηρίου."
)


def told(cast: Cast, unit: SyllabusUnit) -> None:
    """What has taken place since autumn, what waits, and what is written."""
    _attested(cast, unit)
    _sample(cast)
    _called_off(cast)
    _yesterday(cast)
    _coming(cast, unit)
    _at_the_desk(cast)


def _write(
    cast: Cast, title: str, starts: datetime, at: datetime, *, by: str = "centre", **facts: Any
) -> SmallAction:
    length = facts.pop("length", 3)
    found = {
        "kind": "workshop",
        "title": title,
        "host": cast.centres["KOZ"],
        "starts_at": starts,
        "ends_at": starts + length * HOUR,
        "venue": LAB,
        "places": 20,
        "hours": length,
        "counts": True,
        "about": SUMMARY,
    }
    return operations.compose(Content(**found | facts), actor=cast.actor(by), at=at)


def _open(cast: Cast, row: SmallAction, at: datetime, *, by: str = "centre") -> None:
    """Through approval where it is asked, at once where it is not."""
    if row.needs_approval:
        operations.submit(row, actor=cast.actor(by), at=at)
        approver = "officer" if row.body_id else "region"
        operations.approve(row, actor=cast.actor(approver), at=at + 5 * HOUR)
    else:
        operations.publish(row, actor=cast.actor(by), at=at)


def _seats(row: SmallAction, people: list[Person], at: datetime) -> list[Seat]:
    return [
        operations.register(row, actor=actor(one), at=at + n * timedelta(minutes=7))
        for n, one in enumerate(people)
    ]


def _crowd(cast: Cast, many: int) -> list[Person]:
    return cast.crowd["KOZ", "ΠΕ03"][-many:]


def _attested(cast: Cast, unit: SyllabusUnit) -> None:
    """A day of November, attested: who was absent has no attestation, one found no place."""
    at, starts = local(2022, 11, 3, 10), local(2022, 11, 19, 10)
    row = _write(cast, "Δυναμική γεωμετρία στο Γυμνάσιο", starts, at, kind="day", attested=True,
                 unit=unit, places=4, length=4, speakers="Σοφία Προτυπάκη, ΠΕ03")  # fmt: skip
    _open(cast, row, at)
    own = [cast.accounts["teacher2"], *_crowd(cast, 4)]  # the fifth finds no place
    seats = _seats(row, own, local(2022, 11, 7, 9))
    operations.begin(row, actor=SYSTEM, at=starts)
    there = [seat.pk for seat in seats[:3]]
    operations.complete(row, there, actor=cast.actor("centre"), at=starts + 5 * HOUR)
    operations.attest(row, actor=SYSTEM, at=starts + 5 * HOUR)


def _sample(cast: Cast) -> None:
    """A lesson shown by an Ε.Κ.Φ.Ε.: its hours count without an attestation."""
    at, starts = local(2022, 12, 1, 12), local(2022, 12, 8, 12)
    row = _write(cast, "Μετρήσεις με αισθητήρες: διδασκαλία στη Γ΄ Γυμνασίου", starts, at,
                 by="region", kind="sample", host=_ekfe(), length=2, venue="Ε.Κ.Φ.Ε. Κοζάνης",
                 places=12)  # fmt: skip
    _open(cast, row, at, by="region")
    seats = _seats(row, [cast.accounts["teacher2"], *_crowd(cast, 2)], local(2022, 12, 2, 9))
    operations.begin(row, actor=SYSTEM, at=starts)
    there = [seat.pk for seat in seats]
    operations.complete(row, there, actor=cast.actor("region"), at=starts + 3 * HOUR)


def _ekfe() -> Structure:
    return Structure.objects.get(type__code="EKFE", prefecture__code="KOZ")


def _called_off(cast: Cast) -> None:
    at = local(2022, 12, 5, 10)
    row = _write(cast, "Εκπαιδευτική ρομποτική για αρχάριους", local(2022, 12, 20, 17), at)
    _open(cast, row, at)
    _seats(row, _crowd(cast, 2), local(2022, 12, 6, 9))
    reason = "Το σχολείο μένει κλειστό λόγω χιονόπτωσης."
    operations.cancel(row, actor=cast.actor("centre"), at=local(2022, 12, 19, 20), reason=reason)


def _yesterday(cast: Cast) -> None:
    """It took place last evening; the roll waits for the centre."""
    at, starts = local(2023, 1, 9, 10), local(2023, 1, 17, 17)
    row = _write(cast, "Διαδραστικός πίνακας: από το πρώτο λεπτό στο μάθημα", starts, at)
    _open(cast, row, at)
    _seats(row, _crowd(cast, 6), local(2023, 1, 10, 9))
    operations.begin(row, actor=SYSTEM, at=starts)


def _coming(cast: Cast, unit: SyllabusUnit) -> None:
    """One full with people who wait, one for a cluster, one from a distance."""
    at = local(2023, 1, 12, 10)
    full = _write(cast, "Μικροελεγκτές και αισθητήρες στην τάξη", local(2023, 1, 25, 17), at,
                  places=3, unit=unit)  # fmt: skip
    _open(cast, full, at)
    seats = _seats(full, [*_crowd(cast, 4), cast.accounts["teacher2"]], local(2023, 1, 13, 9))
    first = Seat.objects.select_related("action").get(pk=seats[0].pk)
    operations.withdraw(first, actor=actor(seats[0].person), at=local(2023, 1, 16, 9))
    maths = list(Cluster.objects.filter(code="B2.3", scheme__valid_until=None))
    place = Prefecture.objects.get(code="KOZ")
    near = _write(cast, "Ψηφιακά σενάρια στα Μαθηματικά", local(2023, 1, 28, 10), at, kind="day",
                  attested=True, unit=unit, clusters=maths, for_prefecture=place, places=40,
                  length=4)  # fmt: skip
    _open(cast, near, at)
    _seats(near, _crowd(cast, 3), local(2023, 1, 16, 9))
    far = _write(cast, "Ασφαλής χρήση του διαδικτύου", local(2023, 2, 1, 18), at, venue="",
                 meeting_url="https://tilediaskepsi.example/asfaleia", counts=False, places=100,
                 length=2)  # fmt: skip
    _open(cast, far, at)


def _at_the_desk(cast: Cast) -> None:
    """A draft, one that waits for the body, one that was returned."""
    at, starts = local(2023, 1, 16, 10), local(2023, 2, 18, 10)
    _write(cast, "Τρισδιάστατη εκτύπωση στα Καλλιτεχνικά", starts, at)
    asked = _write(cast, "Ημερίδα καλών πρακτικών Β΄ επιπέδου", starts, at, kind="day", places=120)
    operations.submit(asked, actor=cast.actor("centre"), at=at)
    back = _write(cast, "Ημερίδα για τη συμπερίληψη", starts, at, kind="day", places=200)
    operations.submit(back, actor=cast.actor("centre"), at=at)
    reason = "Γράψτε τους εισηγητές και την ενότητα που αξιοποιείται."
    operations.give_back(back, actor=cast.actor("officer"), at=NOW - HOUR, reason=reason)
