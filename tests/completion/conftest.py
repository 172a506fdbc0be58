from __future__ import annotations

from datetime import datetime

import pytest

from didaskaleio.kernel.clock import ATHENS

END = datetime(2023, 7, 5, 12, 0, tzinfo=ATHENS)


@pytest.fixture
def at():
    """5 July 2023, after the last session of the 2nd period."""
    return END
