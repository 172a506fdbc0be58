"""Quotas of a period (όρια προγραμμάτων): what each key stands for."""

from __future__ import annotations

from collections.abc import Iterable

from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.greek import show_cluster
from didaskaleio.programmes.enums import QuotaKind
from didaskaleio.programmes.models import TrainingPeriod
from didaskaleio.structures.models import Prefecture, TrainingCentre
from didaskaleio.structures.queries import centres


def named_by(period: TrainingPeriod, kind: str, key: str) -> str:
    """What ``key`` stands for: cluster, prefecture or centre; an unknown one is refused."""
    found: str | None
    if kind == QuotaKind.CLUSTER:
        rows = period.action.scheme.clusters.filter(code=key)
        found = rows.values_list("title", flat=True).first()
    elif kind == QuotaKind.PREFECTURE:
        found = Prefecture.objects.filter(code=key).values_list("name", flat=True).first()
    else:
        own = TrainingCentre.objects.filter(code=key, body=period.action.body_id)
        found = own.values_list("name", flat=True).first()
    if found is None:
        raise Refusal(
            f"Δεν υπάρχει {QuotaKind(kind).label} με κωδικό «{key}». Ελέγξτε τον κωδικό.",
            code="key",
        )
    return found


MOST_FOUND = 20


def choices(
    period: TrainingPeriod, words: str = ""
) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """What a quota may be set for: (kind, its words, pairs of key and name).

    Clusters and prefectures stand all there; of the body's centres at most ``MOST_FOUND`` whose
    name, town or code has ``words``, none while nothing is searched for.
    """
    clusters = period.action.scheme.clusters.order_by("order").values_list("code", "title")
    prefectures = Prefecture.objects.order_by("sort_key").values_list("code", "name")
    return [
        (
            QuotaKind.CLUSTER,
            "Συστάδα",
            [(c, f"{show_cluster(c)} {title}") for c, title in clusters],
        ),
        (QuotaKind.PREFECTURE, "Νομός", list(prefectures)),
        (QuotaKind.CENTRE, "Κ.Σ.Ε.", _centres(period, words)),
    ]


def _centres(period: TrainingPeriod, words: str) -> list[tuple[str, str]]:
    if not words.strip():
        return []
    own = TrainingCentre.objects.filter(body=period.action.body_id)
    found = centres(day=period.first_day, q=words).filter(pk__in=own.values("pk"))
    coded = own.filter(code__iexact=words.strip())
    rows = [*coded, *found[:MOST_FOUND]]
    return list(dict.fromkeys((row.code, f"{row.name}, {row.town}") for row in rows))


def names(period: TrainingPeriod, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The names of what quotas are set for, by (kind, key); two queries besides the scheme's."""
    wanted = set(keys)
    found = {
        (QuotaKind.CLUSTER.value, c): n
        for c, n in period.action.scheme.clusters.values_list("code", "title")
    }
    for kind, model in ((QuotaKind.PREFECTURE, Prefecture), (QuotaKind.CENTRE, TrainingCentre)):
        codes = [key for one, key in wanted if one == kind]
        rows = model._default_manager.filter(code__in=codes).values_list("code", "name")  # noqa: SLF001
        found |= {(kind.value, code): name for code, name in rows}
    return {pair: found.get(pair, pair[1]) for pair in wanted}
