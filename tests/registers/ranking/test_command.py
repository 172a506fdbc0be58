"""The command as a stranger meets it: a process, two files, an exit code and a few lines.

Shows: R-016.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from didaskaleio.registers.ranking import command, write_rules

from .lists import RULES, TABLE


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    table, rules = tmp_path / "table.csv", tmp_path / "rules.json"
    table.write_bytes(TABLE.encode())
    rules.write_bytes(write_rules(RULES))
    return table, rules


def test_a_stranger_verifies_a_table_without_django(files: tuple[Path, Path]) -> None:
    code = (
        "import sys; from didaskaleio.site.cli import main; code = main(sys.argv[1:])\n"
        "sys.exit(9 if any(name.startswith('django') for name in sys.modules) else code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "ranking", "verify", *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in files]
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "ΣΥΜΦΩΝΕΙ: 5 υποψηφιότητες, μόρια, σειρά και εκβάσεις όπως δημοσιεύτηκαν. "
        f"SHA-256 πίνακα {digests[0]}, κανόνων {digests[1]}; "
        f"δέσμευση κλήρωσης {RULES.lot.commitment}\n"
    )


def test_it_works_on_a_terminal_that_knows_no_greek(files: tuple[Path, Path]) -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("didaskaleio"), "ranking", "verify", *map(str, files)],
        capture_output=True,
        check=False,
        env={"PYTHONIOENCODING": "ascii", "PYTHONPATH": ":".join(sys.path)},
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"SHA-256" in done.stdout


def test_differences_are_told_line_by_line(files: tuple[Path, Path], capsys) -> None:
    files[0].write_text(TABLE.replace("K7;3", "K7;1").replace("K5;2", "K5;3"), newline="")
    assert command.main(["verify", *map(str, files)]) == 1
    first, *lines = capsys.readouterr().out.splitlines()
    assert first.startswith("ΔΙΑΦΕΡΕΙ: 2 γραμμές από 5 υποψηφιότητες. SHA-256 πίνακα ")
    assert lines == [
        "  γραμμή 3, υποψηφιότητα K5, position: δημοσιεύτηκε 3, υπολογίζεται 2",
        "  γραμμή 4, υποψηφιότητα K7, position: δημοσιεύτηκε 1, υπολογίζεται 3",
    ]


def test_of_many_differences_only_the_first_are_told(files: tuple[Path, Path], capsys) -> None:
    row = "N{};{};selected;;1;0;1;;;0;;;0;;;0;\r\n"
    rows = "".join(row.format(n, n + 10) for n in range(30))
    files[0].write_text(TABLE + rows, newline="")
    assert command.main(["verify", *map(str, files)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("ΔΙΑΦΕΡΕΙ: 30 γραμμές από 35 υποψηφιότητες.")
    assert len(lines) == 12
    assert lines[-1] == "  …"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_either_end_of_line_will_do(files: tuple[Path, Path], end: str) -> None:
    files[0].write_text(TABLE.replace("\r\n", end).removesuffix(end), newline="")
    assert command.main(["verify", *map(str, files)]) == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], command.USAGE),
        (["run", "a", "b"], command.USAGE),
        (["verify", "a"], command.USAGE),
        (["verify", "a", "b", "c"], command.USAGE),
        (["verify", "table.csv", "none.json"], "οι κανόνες none.json: No such file or directory"),
        (["verify", "none.csv", "rules.json"], "ο πίνακας none.csv: No such file or directory"),
        (["verify", "table.csv", "."], "οι κανόνες .: Is a directory"),
        (
            ["verify", "rules.json", "rules.json"],
            "ο πίνακας rules.json: γραμμή 1, στήλη 1",
        ),
        (["verify", "table.csv", "table.csv"], "οι κανόνες table.csv: δεν είναι JSON"),
        (["verify", "/dev/zero", "rules.json"], "ο πίνακας /dev/zero: γραμμή 1: πολύ μεγάλη"),
        (["verify", "table.csv", "/dev/zero"], "οι κανόνες /dev/zero: μεγαλύτεροι από 16 MiB"),
        (["verify", "a\0", "rules.json"], "δεν διαβάζεται"),
    ],
)
def test_what_cannot_be_decided_ends_with_two_and_one_line(
    files, words, said, capsys, monkeypatch
) -> None:
    monkeypatch.chdir(files[0].parent)
    files[1].write_bytes(write_rules(RULES).replace(b'"version"', b' "version"'))
    assert command.main(words) == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert written.err.startswith("didaskaleio ranking: ")
    assert said in written.err
    assert written.err.count("\n") == 1


def test_help_is_no_error(capsys) -> None:
    assert command.main(["--help"]) == 0
    assert capsys.readouterr().out == command.USAGE + "\n"
