"""Documents (έγγραφα) of room surveys: results, the package to the ministry, sheets."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from didaskaleio.kernel import greek
from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.documents import Kind, declare
from didaskaleio.structures.queries import authority_lines
from didaskaleio.surveys import queries
from didaskaleio.surveys.models import Dispatch, Survey
from didaskaleio.surveys.suppression import SMALLEST

TYPST = Path(__file__).parent / "typst"
HIDDEN = "δεν εμφανίζεται"
NOTE = (
    f"Πλήθη κάτω από {SMALLEST} δεν εμφανίζονται, ούτε όσα θα τα έκαναν να προκύπτουν. "
    f"Ανοιχτές απαντήσεις εμφανίζονται από {SMALLEST} και πάνω, χωρίς σειρά."
)
CUTS = (("all", "Σύνολο"), ("region", "Ανά περιφέρεια"), ("group", "Ανά δράση"))
COLUMNS = ("Ενότητα", "Ερώτηση", "Απαντήσεις", "Μέση τιμή", "Από", "Επιλογή", "Πλήθος", "Ποσοστό")


def hidden(value: int | None) -> str:
    """A number as it may be shown."""
    return HIDDEN if value is None else greek.number(value)


def mean_of(value: Decimal | str | None) -> str:
    """«4,25», or a dash."""
    return "–" if value is None else greek.number(Decimal(value), 2)


def share_of(value: Decimal | None) -> str:
    """«37,5 %», or a dash."""
    return "–" if value is None else f"{greek.number(value * 100, 1)} %"


def results_data(survey: Survey) -> dict[str, Any]:
    """The results of a survey as the document shows them."""
    body, closed = survey.questionnaire.body, survey.closes_at.astimezone(ATHENS).date()
    return {
        "document": {
            "title": "Αποτελέσματα ερωτηματολογίου",
            "authority": authority_lines(body),
            "place": "Αθήνα",
            "date": greek.long_date(closed, weekday=False),
            "number_label": "Διεξαγωγή:",
            "number": str(survey.pk),
        },
        "fields": _fields(survey),
        "questions": [_question(one) for one in queries.results(survey)],
        "open": [
            {"title": one.title, "asked": hidden(one.asked), "texts": _texts(survey, one.question)}
            for one in queries.words(survey)
        ],
        "note": NOTE,
    }


def _fields(survey: Survey) -> list[list[str]]:
    return [
        ["Ερωτηματολόγιο", f"{survey.questionnaire}, {survey.version}"],
        ["Αφορά", survey.title],
        ["Δράση", survey.group],
        ["Έκλεισε", greek.long_moment(survey.closes_at)],
        ["Ρωτήθηκαν", greek.number(survey.invited)],
        ["Απάντησαν", greek.number(survey.answered or 0)],
    ]


def _question(one: queries.Result) -> dict[str, Any]:
    return {
        "title": one.title,
        "under": one.under,
        "asked": hidden(one.asked),
        "mean": f"{mean_of(one.mean)} από {one.top}" if one.top else "",
        "bars": [
            [bar.label, hidden(bar.count), share_of(bar.share), float(bar.share or 0)]
            for bar in one.bars
        ]
        if one.tells
        else [],
    }


def _texts(survey: Survey, question: str) -> list[str]:
    return list(queries.texts(survey, question).values_list("text", flat=True))


def results_sheet(survey: Survey) -> bytes:
    """The results as XLSX: the very cells of the page, and a sheet of the answers in words."""
    lines = [
        [*_head(one), bar.label, _cell(bar.count), _figure(bar.share)]
        for one in queries.results(survey)
        for bar in one.bars
    ]
    said = [
        [one.title, text] for one in queries.words(survey) for text in _texts(survey, one.question)
    ]
    return workbook(
        ("Αποτελέσματα", COLUMNS, lines), ("Ανοιχτές απαντήσεις", ("Ερώτηση", "Απάντηση"), said)
    )


def _head(one: queries.Result) -> list[Any]:
    return [one.under, one.title, _cell(one.asked), _figure(one.mean), one.top or ""]


def _cell(count: int | None) -> Any:
    return HIDDEN if count is None else count


def _figure(value: Decimal | None) -> Any:
    return "" if value is None else float(value)


Page = tuple[str, Sequence[str], Sequence[Sequence[Any]]]


def workbook(*pages: Page) -> bytes:
    """Sheets by name, heads and lines; nothing in them is a formula."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True})
        for name, heads, lines in pages:
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for place, head in enumerate(heads):
                sheet.set_column(place, place, max(14, len(head) + 2))
                sheet.write_string(0, place, head, bold)
            for row, line in enumerate(lines, start=1):
                for place, value in enumerate(line):
                    sheet.write(row, place, value)
    return out.getvalue()


def dispatch_data(dispatch: Dispatch) -> dict[str, Any]:
    """The package as the document shows it: only what is kept in it."""
    content, day = dispatch.content, dispatch.sent_at.astimezone(ATHENS).date()
    return {
        "document": {
            "title": "Διαβίβαση αποτελεσμάτων ερωτηματολογίου",
            "authority": authority_lines(dispatch.body),
            "place": "Αθήνα",
            "date": greek.long_date(day, weekday=False),
            "number_label": "Αριθ. Πρωτ.:",
            "number": dispatch.number,
        },
        "fields": [
            ["Ερωτηματολόγιο", str(dispatch.questionnaire)],
            ["Σχολικό έτος", queries.school_year(dispatch.year)],
            ["Έκδοση διαβίβασης", str(dispatch.version)],
            ["Διεξαγωγές", greek.number(content["surveys"])],
            ["Ρωτήθηκαν", greek.number(content["invited"])],
            ["Απάντησαν", greek.number(content["answered"])],
            ["Εκτός, με λιγότερες από 5 απαντήσεις", greek.number(content["left_out"])],
        ],
        "cuts": [[title, dispatch_lines(content, by)] for by, title in CUTS],
        "note": NOTE,
    }


def dispatch_lines(content: dict[str, Any], by: str) -> list[list[str]]:
    """The lines of one cut of a package: name, question, surveys, answers, mean."""
    items = {one["key"]: one for one in content["items"]}
    return [
        [
            line["name"] or "Σύνολο",
            items[line["key"]]["title"],
            greek.number(line["surveys"]),
            greek.number(line["people"]),
            f"{mean_of(line['mean'])} από {items[line['key']]['top']}",
        ]
        for line in content["cuts"][by]
        if line["key"] in items
    ]


RESULTS_PDF = declare(
    Kind(
        name="surveys.results",
        title="Αποτελέσματα ερωτηματολογίου",
        template=TYPST / "results.typ",
        permission="survey.manage",
        series="surveys.results",
        data=results_data,
    )
)
DISPATCH_PDF = declare(
    Kind(
        name="surveys.dispatch",
        title="Διαβίβαση αποτελεσμάτων",
        template=TYPST / "dispatch.typ",
        permission="dispatch.read",
        series="surveys.dispatch",
        data=dispatch_data,
    )
)
