"""What the draw refuses. No Django: an outsider checks a draw without a configuration."""

from __future__ import annotations


class DrawError(Exception):
    """Άρνηση της κλήρωσης: the input cannot be drawn or checked; one line says why."""


class Malformed(DrawError):  # noqa: N818 - reads as the word of the specification
    """Κακοσχηματισμένα δεδομένα: a bundle, a result or a part of one breaks its written form."""


class Mismatch(DrawError):  # noqa: N818
    """Ασυμφωνία αποτυπώματος: a freeze or a commitment is not that of the data beside it."""
