"""Lists of candidacies for the tests of rankings: of any shape, and one that people can follow."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from didaskaleio.kernel.forms.definition import (
    Band,
    Definition,
    Kind,
    Option,
    Question,
    Rule,
    Section,
    Tie,
    Way,
)
from didaskaleio.registers.ranking import (
    Exclusion,
    Lot,
    Rules,
    Stage,
    Threshold,
    entry,
    rank,
    write_table,
)
from tests.kernel.forms.making import VALUES, amounts, definitions

D = Decimal
codes = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,5}", fullmatch=True)


@st.composite
def lists(draw):
    """Rules on a sound form and a few candidacies with answers of the right shape."""
    form = draw(definitions())
    keys = ["", *(one.key for one in form.sections), *(one.key for one in form.questions())]
    limits = st.builds(Threshold, st.sampled_from(keys), amounts)
    rules = Rules(
        list="B2.3",
        title="Επιμορφωτές",
        stage=draw(st.sampled_from(Stage)),
        form=form,
        lot=Lot(draw(st.binary(min_size=32, max_size=32))),
        places=draw(st.none() | st.integers(0, 4)),
        thresholds=tuple(draw(st.lists(limits, max_size=2))),
        exclusions=(Exclusion("late", "Εκπρόθεσμη"),),
    )
    names = draw(st.lists(codes, max_size=6, unique=True))
    return rules, [draw(candidacies(form, code)) for code in names]


@st.composite
def candidacies(draw, form, code):
    asked = [one for one in form.questions() if draw(st.booleans())]
    ceilings = {one.key: draw(amounts) for one in asked if one.rule and draw(st.booleans())}
    values = {one.key: draw(VALUES[one.kind]) for one in asked}
    out = draw(st.sampled_from(["", "", "late"]))
    return entry(form, code, values, ceilings=ceilings, excluded=out)


STUDIES, SERVICE = "studies", "service"
FORM = Definition(
    "Κριτήρια επιμορφωτών",
    cap=D(100),
    sections=(
        Section(
            STUDIES,
            "Σπουδές",
            cap=D(30),
            questions=(
                Question(
                    "degree",
                    Kind.CHOICES,
                    "Τίτλοι",
                    options=(Option("master", "Μεταπτυχιακό"), Option("doctorate", "Διδακτορικό")),
                    rule=Rule(Way.PER_OPTION, options=(("master", D(15)), ("doctorate", D(25)))),
                ),
            ),
        ),
        Section(
            SERVICE,
            "Προϋπηρεσία",
            questions=(
                Question(
                    "hours",
                    Kind.NUMBER,
                    "Ώρες επιμόρφωσης",
                    places=1,
                    rule=Rule(Way.PER_UNIT, D("0.05"), D(20)),
                ),
                Question(
                    "years",
                    Kind.NUMBER,
                    "Έτη",
                    rule=Rule(Way.BANDS, bands=(Band(D(5), D(4)), Band(D(10), D(10)))),
                ),
                Question("born", Kind.DATE, "Απόκτηση πτυχίου"),
            ),
        ),
    ),
    ties=(Tie(STUDIES), Tie("born", answer=True, lower=True)),
)
RULES = Rules(
    list="TR-2023-1.B2.3",
    title="Μητρώο επιμορφωτών Β2.3",
    stage=Stage.PROVISIONAL,
    form=FORM,
    lot=Lot(bytes(range(32))),
    places=2,
    thresholds=(Threshold("", D(10)),),
    exclusions=(Exclusion("late", "Υποβλήθηκε εκπρόθεσμα"),),
)
ANSWERS = {
    "K7": {"degree": ["master"], "hours": "100.5", "years": "7", "born": "2001-06-30"},
    "K2": {"degree": ["master", "doctorate"], "hours": "900", "years": "12"},
    "K5": {"degree": ["master"], "hours": "100.5", "years": "7", "born": "1999-02-01"},
    "K9": {"hours": "60"},
    "K1": {"degree": ["doctorate"], "hours": "100"},
}
ENTRIES = [
    entry(
        FORM,
        code,
        values,
        ceilings={"hours": D("12.5")} if code == "K2" else {},
        excluded="late" if code == "K1" else "",
    )
    for code, values in ANSWERS.items()
]
HEADER = (
    "code;position;outcome;excluded;points;studies.points;service.points;"
    "degree.counted;degree.allowed;degree.points;hours.counted;hours.allowed;hours.points;"
    "years.counted;years.allowed;years.points;born.answer"
)
LINES = (
    HEADER,
    "K2;1;selected;;52,5;30;22,5;master doctorate;;40;900;12,5;12,5;12;;10;",
    "K5;2;selected;;24,025;15;9,025;master;;15;100,5;;5,025;7;;4;1999-02-01",
    "K7;3;runner_up;;24,025;15;9,025;master;;15;100,5;;5,025;7;;4;2001-06-30",
    "K9;;below;;3;0;3;;;0;60;;3;;;0;",
    "K1;;excluded;late;30;25;5;doctorate;;25;100;;5;;;0;",
)
TABLE = "".join(f"{line}\r\n" for line in LINES)


def table_of(rules: Rules, entries: list) -> list[bytes]:
    """The lines of the published table."""
    return [line.encode() for line in write_table(rules, rank(rules, entries))]
