"""Προθεσμίες (deadlines) as a person types them: what «έως 23:59» promises is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from didaskaleio.kernel.clock import ATHENS

LAST_MINUTE = (23, 59)


class DeadlineField(forms.DateTimeField):
    """The moment at which something closes.

    «Έως 15:00» closes as the clock shows 15:00. «Έως 23:59» is how a Greek deadline says «until
    the end of the day»: it closes at midnight, so that 23:59:30 is still in time. It is kept as
    the last microsecond of the day and is shown as 23:59 everywhere.
    """

    def to_python(self, value: Any) -> datetime | None:
        moment = super().to_python(value)
        if moment is None:
            return None
        there = moment.astimezone(ATHENS)
        if (there.hour, there.minute) != LAST_MINUTE:
            return moment
        return moment.replace(second=59, microsecond=999_999)
