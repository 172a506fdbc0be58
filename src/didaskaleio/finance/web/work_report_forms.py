"""The form of a report of work: one field for each activity, and one for the whole."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from didaskaleio.finance.models import WorkReport
from didaskaleio.finance.operations.work_reports import LONGEST
from didaskaleio.finance.queries.work_reports import Activity
from didaskaleio.kernel import greek


class WorkReportForm(forms.Form):
    """Τι έγινε σε κάθε δραστηριότητα; drafts may leave fields empty."""

    summary = forms.CharField(
        label="Συνολική αποτίμηση",
        required=False,
        max_length=LONGEST,
        help_text="Τι πέτυχε, τι δυσκόλεψε, τι προτείνετε.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self, activities: Iterable[Activity], report: WorkReport, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [each.key for each in activities]
        for each in activities:
            self.fields[f"text_{each.key}"] = _field(each, report.texts.get(each.key, ""))
        self.fields["summary"].initial = report.summary
        self.order_fields([*(f"text_{key}" for key in self.keys), "summary"])

    @property
    def said(self) -> tuple[dict[str, str], str]:
        """The words by activity, and those about the whole."""
        words = {key: self.cleaned_data[f"text_{key}"] for key in self.keys}
        return words, self.cleaned_data["summary"]


def _field(activity: Activity, said: str) -> forms.CharField:
    sources = greek.count(len(activity.lines), "εγγραφή", "εγγραφές")
    return forms.CharField(
        label=f"{activity.title}: {activity.amount}",
        required=False,
        initial=said,
        max_length=LONGEST,
        help_text=f"Τι κάνατε; Χρειάζεται για την υποβολή. Η ποσότητα προκύπτει από {sources}.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
