"""The public draw (δημόσια κλήρωση), as pure code: SPEC-draw. Knows neither Django nor a database.

The ceremony freezes with `canonical`, publishes `freeze_hash`, and later gives the kept bytes to
`assemble_bundle`; what anybody checks, `draw(read_bundle(…))`, is also what it publishes.
"""

from __future__ import annotations

from .beacon import beacon_matches, valid_beacon, valid_pattern
from .bundle import (
    Bundle,
    Frozen,
    Programme,
    assemble_bundle,
    canonical,
    freeze_hash,
    read_bundle,
)
from .computation import Result, draw
from .errors import DrawError, Malformed, Mismatch
from .result import Difference, first_difference, read_result, result_bytes

__all__ = [
    "Bundle",
    "Difference",
    "DrawError",
    "Frozen",
    "Malformed",
    "Mismatch",
    "Programme",
    "Result",
    "assemble_bundle",
    "beacon_matches",
    "canonical",
    "draw",
    "first_difference",
    "freeze_hash",
    "read_bundle",
    "read_result",
    "result_bytes",
    "valid_beacon",
    "valid_pattern",
]
