"""Ελληνικό κείμενο (Greek text): keys, capitals, codes, slugs, dates and numbers, without Django.

Source: the Greek rules of writing (tonos, dialytika), ELOT 743, the code lists of the ministry.
"""

from __future__ import annotations

from didaskaleio.kernel.greek.codes import (
    CodeError,
    cluster_code,
    show_cluster,
    specialty_code,
)
from didaskaleio.kernel.greek.moments import (
    date_span,
    long_date,
    long_moment,
    short_date,
    short_moment,
)
from didaskaleio.kernel.greek.numbers import (
    NumberFormatError,
    count,
    euro,
    exact,
    number,
    ordinal,
    parse_decimal,
)
from didaskaleio.kernel.greek.slugs import latin, slug
from didaskaleio.kernel.greek.text import (
    capitals,
    clean,
    mixed_script_words,
    search_key,
    sort_key,
)

__all__ = [
    "CodeError",
    "NumberFormatError",
    "capitals",
    "clean",
    "cluster_code",
    "count",
    "date_span",
    "euro",
    "exact",
    "latin",
    "long_date",
    "long_moment",
    "mixed_script_words",
    "number",
    "ordinal",
    "parse_decimal",
    "search_key",
    "short_date",
    "short_moment",
    "show_cluster",
    "slug",
    "sort_key",
    "specialty_code",
]
