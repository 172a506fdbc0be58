"""Any well-formed bundle, small: names that sort by bytes, crowded programmes, empty lists."""

from __future__ import annotations

import string
from typing import Any

from hypothesis import strategies as st

from .model import bundle_of

names = st.one_of(
    st.sampled_from(["__proto__", "constructor", "toString", "0", "9", "10", "a.b", "A-b", "_"]),
    st.text(string.ascii_letters + string.digits + "._-", min_size=1, max_size=4),
    st.text(string.digits, min_size=64, max_size=64),
)


@st.composite
def bundles(draw: st.DrawFn) -> dict[str, Any]:
    ids = draw(st.lists(names, unique=True, max_size=6))
    programmes = [
        {
            "id": one,
            "category": draw(st.sampled_from(["IIa", "IIb"])),
            "capacity": draw(st.integers(0, 4)),
            "minimum": draw(st.integers(0, 5)),
        }
        for one in ids
    ]
    late = {one["id"] for one in programmes if one["category"] == "IIb"}
    wishes = st.lists(st.sampled_from(ids), unique=True) if ids else st.just([])
    applications = [
        {"id": one, "preferences": sorted(draw(wishes), key=late.__contains__)}
        for one in draw(st.lists(names, unique=True, max_size=14))
    ]
    return bundle_of(programmes, applications)
