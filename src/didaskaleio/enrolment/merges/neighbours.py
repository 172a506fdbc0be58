"""Neighbouring prefectures (γειτονικοί νομοί): a common border on land, or a bridge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

BORDERS = """
DRA-KAV DRA-SER DRA-XAN EVR-ROD KAV-SER KAV-XAN XAN-ROD
IMA-THS IMA-PLL IMA-PIE IMA-KOZ THS-KIL THS-PLL THS-SER THS-CHK KIL-PLL KIL-SER
PLL-KOZ PLL-FLO PIE-KOZ PIE-LAR GRE-KAS GRE-KOZ GRE-LAR GRE-TRI GRE-IOA
KAS-KOZ KAS-FLO KAS-IOA KOZ-FLO KOZ-LAR
ART-IOA ART-PRE ART-KAR ART-TRI ART-AIT THP-IOA THP-PRE IOA-PRE IOA-TRI
KAR-LAR KAR-TRI KAR-AIT KAR-EVT KAR-FTH LAR-MAG LAR-TRI LAR-FTH MAG-FTH
LEF-AIT LEF-PRE AIT-EVT AIT-FOK AIT-ACH ACH-ILE ACH-ARK ACH-KOR ILE-ARK ILE-MES
VOI-ATK VOI-EVV VOI-FTH VOI-FOK EVT-FTH FTH-FOK ATK-KOR ATK-ARG
ARG-ARK ARG-KOR ARK-KOR ARK-LAK ARK-MES LAK-MES HER-LAS HER-RET RET-CHA
"""


def _both_ways(text: str) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for pair in text.split():
        one, two = pair.split("-")
        found[one].add(two)
        found[two].add(one)
    return {code: frozenset(others) for code, others in found.items()}


NEIGHBOURS = _both_ways(BORDERS)
