"""Questions of room observatory."""

from __future__ import annotations

from didaskaleio.observatory.queries.answers import Answer, answer
from didaskaleio.observatory.queries.compiling import rows
from didaskaleio.observatory.queries.reading import (
    answered,
    definition_of,
    shareable,
    version_of,
)

__all__ = ["Answer", "answer", "answered", "definition_of", "rows", "shareable", "version_of"]
