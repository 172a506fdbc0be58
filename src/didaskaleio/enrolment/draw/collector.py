"""The garbage collector at rest while millions of entries are built.

Nothing here makes cycles, and each of the collector's passes would walk all that was read so far.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def paused_collector() -> Iterator[None]:
    """Παύση του συλλέκτη μνήμης: leaves it as it was found, so that pauses may nest."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
