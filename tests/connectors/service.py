"""A service of MySchool for the tests: real HTTP, and teachers as it tells them."""

from __future__ import annotations

from datetime import date

DAY = date(2023, 1, 12)


def teacher(afm, *schools, surname="ΔΕΙΓΜΑΤΙΔΟΥ", **facts):
    """A teacher as JSON; schools are schools, or (school, hours)."""
    posts = [one if isinstance(one, tuple) else (one, 20) for one in schools]
    return {
        "afm": afm,
        "surname": surname,
        "given_name": "ΕΛΕΝΗ",
        "father_name": "ΘΩΜΑΣ",
        "specialty": "ΠΕ70",
        "employment": "Μόνιμος",
        "schools": [
            {
                "school": getattr(school, "code", school),
                "hours": hours,
                "organic": True,
                "from": "2022-09-01",
            }
            for school, hours in posts
        ],
    } | facts
