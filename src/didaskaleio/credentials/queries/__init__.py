"""Questions of room credentials: the public check, signing cases, whom to trust."""

from __future__ import annotations

from didaskaleio.credentials.queries.checking import (
    Verdict,
    by_code,
    by_file,
    by_text,
    published_keys,
)
from didaskaleio.credentials.queries.signed import by_signatures
from didaskaleio.credentials.queries.signing import (
    facts_of,
    listed,
    mine,
    question_of,
    substitutes,
    trusted_roots,
    vacant,
)

__all__ = [
    "Verdict",
    "by_code",
    "by_file",
    "by_signatures",
    "by_text",
    "facts_of",
    "listed",
    "mine",
    "published_keys",
    "question_of",
    "substitutes",
    "trusted_roots",
    "vacant",
]
