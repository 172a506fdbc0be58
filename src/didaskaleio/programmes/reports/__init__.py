"""Reports (αναφορές) of room programmes, and the filters that reports about programmes share."""

from __future__ import annotations

from didaskaleio.programmes.reports import planning, targets, work
from didaskaleio.programmes.reports.standing import (
    clusters,
    completed_of,
    equal,
    prefectures,
    programme_filters,
    project_filter,
    project_report,
    regions,
    units_of,
)

__all__ = [
    "clusters",
    "completed_of",
    "equal",
    "planning",
    "prefectures",
    "programme_filters",
    "project_filter",
    "project_report",
    "regions",
    "targets",
    "units_of",
    "work",
]
