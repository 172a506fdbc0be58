"""Notices of room people."""

from __future__ import annotations

from didaskaleio.kernel.notices import Kind, declare

GRANTED = declare(Kind("people.granted", "Νέος ρόλος", optional=False))
WITHDRAWN = declare(Kind("people.withdrawn", "Αφαίρεση ρόλου", optional=False))
BEGIN = "Ανοίξτε τη σελίδα για να δείτε τι σας περιμένει."
ASK = "Στο προφίλ σας βλέπετε τους ρόλους που έχετε. Για απορίες απευθυνθείτε στον φορέα σας."
