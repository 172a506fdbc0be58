"""The command as a stranger meets it: a process, two files, an exit code and one line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from didaskaleio.enrolment.draw import command

from .cases import DIFFERENT, GOOD, MALFORMED, MALFORMED_RESULT, RAW, Change
from .model import VECTORS, dump, result_of, sealed, vector

HOLDS, DIFFERS, UNDECIDED = 0, 1, 2
BUNDLE = VECTORS / "vector1.bundle.json"
LINE = (
    "freeze: a84c6e44e7cfe12b36bc42bbe8f7842bbb9e7f3ed4edadcbbb6696a40eb0cd1a; "
    "commitment: 630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd; "
    "beacon: 3 17 22 31 45 / 9\n"
)


class Said:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def didaskaleio(capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    def call(*words: object) -> Said:
        code = command.main([str(word) for word in words])
        written = capsys.readouterr()
        return Said(code, written.out, written.err)

    return call


def names_in(folder: Path | str) -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir())


def refused(said: Said, *parts: str) -> None:
    assert said.code == UNDECIDED
    assert said.out == ""
    assert said.err.startswith("didaskaleio draw: ")
    assert said.err.count("\n") == 1
    assert said.err.endswith("\n")
    for part in parts:
        assert part in said.err


def process(*words: object, **more: Any) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("didaskaleio")
    return subprocess.run(
        [program, "draw", *map(str, words)], text=True, stderr=subprocess.PIPE, check=False, **more
    )


@pytest.mark.parametrize("number", [1, 2])
def test_a_run_writes_the_vector_and_verify_accepts_it(
    number: int, tmp_path: Path, didaskaleio: Callable[..., Said]
) -> None:
    bundle, result = VECTORS / f"vector{number}.bundle.json", tmp_path / "result.json"
    ran = didaskaleio("run", bundle, result)
    assert (ran.code, ran.err) == (HOLDS, "")
    published = (VECTORS / f"vector{number}.result.json").read_bytes()
    assert result.read_bytes() == published.rstrip() + b"\n"
    checked = didaskaleio("verify", bundle, VECTORS / f"vector{number}.result.json")
    assert (checked.code, checked.out, checked.err) == (HOLDS, ran.out, "")
    assert names_in(tmp_path) == ["result.json"]


def test_the_line_names_freeze_commitment_and_beacon(didaskaleio: Callable[..., Said]) -> None:
    assert didaskaleio("verify", BUNDLE, VECTORS / "vector1.result.json").out == LINE


def test_the_line_says_that_the_secret_was_lost(didaskaleio: Callable[..., Said]) -> None:
    said = didaskaleio("verify", VECTORS / "vector2.bundle.json", VECTORS / "vector2.result.json")
    assert said.out.endswith("; secret: null\n")
    assert said.out.count("\n") == 1


def test_the_installed_program_answers_with_lines_and_codes(tmp_path: Path) -> None:
    result = tmp_path / "result.json"
    ran = process("run", BUNDLE, result, stdout=subprocess.PIPE)
    assert (ran.returncode, ran.stdout, ran.stderr) == (HOLDS, LINE, "")
    result.write_bytes(dump(vector(1, "result") | {"seed": "0" * 64}))
    checked = process("verify", BUNDLE, result, stdout=subprocess.PIPE)
    assert checked.returncode == DIFFERS
    assert "seed" in checked.stdout


@pytest.mark.parametrize(
    "words",
    [[], ["run"], ["run", "a"], ["run", "a", "b", "c"], ["draw", "a", "b"], ["--run", "a", "b"]],
)
def test_wrong_arguments_are_refused(words: list[str], didaskaleio: Callable[..., Said]) -> None:
    refused(didaskaleio(*words), "usage: didaskaleio draw run|verify BUNDLE.json RESULT.json")


@pytest.mark.parametrize("change", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_bundle_is_refused_and_nothing_is_left_behind(
    change: Change, tmp_path: Path, didaskaleio: Callable[..., Said]
) -> None:
    path = tmp_path / "bundle.json"
    changed = change(vector(1, "bundle"))
    path.write_text(changed if isinstance(changed, str) else json.dumps(changed))
    said = didaskaleio("run", path, tmp_path / "result.json")
    refused(said, "BUNDLE", str(path))
    assert "SHA-256" not in said.err  # its form is refused, not only what it hashes to
    refused(didaskaleio("verify", path, VECTORS / "vector1.result.json"), "BUNDLE", str(path))
    assert names_in(tmp_path) == ["bundle.json"]


@pytest.mark.parametrize("raw", RAW.values(), ids=RAW)
def test_what_is_no_strict_json_is_refused_as_bundle_and_as_result(
    raw: bytes, tmp_path: Path, didaskaleio: Callable[..., Said]
) -> None:
    path = tmp_path / "bundle.json"
    path.write_bytes(raw)
    refused(didaskaleio("run", path, tmp_path / "result.json"), "BUNDLE")
    refused(didaskaleio("verify", BUNDLE, path), "RESULT")
    assert names_in(tmp_path) == ["bundle.json"]


def test_an_escaped_spelling_of_the_same_values_is_accepted(
    tmp_path: Path, didaskaleio: Callable[..., Said]
) -> None:
    path = tmp_path / "bundle.json"
    path.write_text("\r\n\t " + GOOD.replace("T1", "\\u00541").replace("IIa", "\\u0049Ia") + "\n")
    assert didaskaleio("verify", path, VECTORS / "vector1.result.json").out == LINE


def test_a_freeze_of_another_list_is_refused(
    tmp_path: Path, didaskaleio: Callable[..., Said]
) -> None:
    path = tmp_path / "bundle.json"
    path.write_bytes(dump(vector(1, "bundle") | {"period": "T2"}))
    refused(didaskaleio("run", path, tmp_path / "result.json"), "BUNDLE", "freeze")
    assert names_in(tmp_path) == ["bundle.json"]


def test_a_secret_that_was_not_committed_is_refused(
    tmp_path: Path, didaskaleio: Callable[..., Said]
) -> None:
    path = tmp_path / "bundle.json"
    path.write_bytes(dump(vector(1, "bundle") | {"secret": "0" * 64}))
    refused(didaskaleio("run", path, tmp_path / "result.json"), "BUNDLE", "commitment")


def test_empty_lists_and_an_unused_category_are_drawn(
    tmp_path: Path, didaskaleio: Callable[..., Said]
) -> None:
    path, result = tmp_path / "bundle.json", tmp_path / "result.json"
    bundle = sealed(vector(1, "bundle") | {"programmes": [], "applications": []})
    path.write_bytes(dump(bundle))
    assert didaskaleio("run", path, result).code == HOLDS
    assert result.read_bytes() == dump(result_of(bundle)) + b"\n"


def test_the_bundle_is_reported_before_the_result(
    tmp_path: Path, didaskaleio: Callable[..., Said]
) -> None:
    (tmp_path / "bad").write_text("{")
    for act in ("run", "verify"):
        for bundle in (tmp_path / "none", tmp_path / "bad"):
            for result in (tmp_path, tmp_path / "none" / "result.json", tmp_path / "bad"):
                refused(didaskaleio(act, bundle, result), "BUNDLE")


@pytest.mark.parametrize("name", ["none", "", ".", "none/bundle.json", "file/x", "loop", "\udcff"])
def test_a_bundle_or_result_that_cannot_be_read_is_refused(
    name: str, tmp_path: Path, didaskaleio: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").touch()
    Path("loop").symlink_to("loop")
    refused(didaskaleio("run", name, "result.json"), "BUNDLE")
    refused(didaskaleio("verify", BUNDLE, name), "RESULT")
    assert not Path("result.json").exists()


@pytest.mark.parametrize(
    "target",
    [
        "",
        ".",
        "folder",
        "folder/",
        "none/result.json",
        "none/",
        "file/",
        "file/x",
        "loop",
        "pipe",
        "x" * 256,
    ],
)
def test_a_target_that_cannot_be_written_is_refused(
    target: str, tmp_path: Path, didaskaleio: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    Path("file").touch()
    Path("loop").symlink_to("loop")
    os.mkfifo("pipe")
    before = names_in(".")
    refused(didaskaleio("run", BUNDLE, target), "RESULT")
    assert names_in(".") == before
    assert names_in("folder") == []


@pytest.mark.parametrize("kind", ["same", "symlink", "hardlink"])
def test_the_bundle_is_never_overwritten(
    kind: str, tmp_path: Path, didaskaleio: Callable[..., Said]
) -> None:
    bundle, result = tmp_path / "bundle.json", tmp_path / "result.json"
    bundle.write_text(GOOD)
    if kind == "symlink":
        result.symlink_to(bundle)
    elif kind == "hardlink":
        result.hardlink_to(bundle)
    else:
        result = tmp_path / "." / "bundle.json"
    refused(didaskaleio("run", bundle, result), "RESULT", "same file")
    assert bundle.read_text() == GOOD


def test_a_symlink_stays_and_its_target_is_written(
    tmp_path: Path, didaskaleio: Callable[..., Said]
) -> None:
    link = tmp_path / "link.json"
    (tmp_path / "folder").mkdir()
    link.symlink_to("folder/result.json")
    assert didaskaleio("run", BUNDLE, link).code == HOLDS
    assert link.is_symlink()
    assert json.loads((tmp_path / "folder" / "result.json").read_text()) == vector(1, "result")
    assert names_in(tmp_path / "folder") == ["result.json"]


def test_an_older_result_is_replaced_on_success_and_kept_on_refusal(
    tmp_path: Path, didaskaleio: Callable[..., Said]
) -> None:
    result = tmp_path / "result.json"
    result.write_text("older")
    refused(didaskaleio("run", tmp_path / "none", result), "BUNDLE")
    assert result.read_text() == "older"
    assert didaskaleio("run", BUNDLE, result).code == HOLDS
    assert json.loads(result.read_text()) == vector(1, "result")


def test_a_new_result_has_the_ordinary_rights_of_a_file(
    tmp_path: Path, didaskaleio: Callable[..., Said]
) -> None:
    (tmp_path / "ordinary").touch()
    didaskaleio("run", BUNDLE, tmp_path / "result.json")
    modes = {(tmp_path / name).stat().st_mode for name in ("ordinary", "result.json")}
    assert len(modes) == 1


def test_an_output_that_is_full_leaves_no_result(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        ended = process("run", BUNDLE, tmp_path / "result.json", stdout=full)
    refused(Said(ended.returncode, "", ended.stderr), "standard output")
    assert names_in(tmp_path) == []


def test_a_file_size_limit_leaves_no_result(tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("didaskaleio")
    limited = f"ulimit -f 0; exec {program} draw run {BUNDLE} {tmp_path}/result.json"
    ended = subprocess.run(["bash", "-c", limited], capture_output=True, text=True, check=False)
    refused(Said(ended.returncode, ended.stdout, ended.stderr), "RESULT", "too large")
    assert names_in(tmp_path) == []


@pytest.mark.parametrize(("member", "change"), DIFFERENT.values(), ids=DIFFERENT)
def test_verify_names_the_first_difference(
    member: str, change: Change, tmp_path: Path, didaskaleio: Callable[..., Said]
) -> None:
    path = tmp_path / "result.json"
    path.write_bytes(dump(change(vector(1, "result"))))
    said = didaskaleio("verify", BUNDLE, path)
    assert (said.code, said.err) == (DIFFERS, "")
    assert said.out.startswith(f"the results differ, first in {member}: ")
    assert said.out.count("\n") == 1
    others = {"seed", "order", "placements", "waiting", "viable"} - {member}
    assert not any(other in said.out for other in others)


def test_verify_says_where_and_how_they_differ(
    tmp_path: Path, didaskaleio: Callable[..., Said]
) -> None:
    path = tmp_path / "result.json"
    said = {}
    for name in ("order short", "a place lost", "a list missing", "viable turned"):
        path.write_bytes(dump(DIFFERENT[name][1](vector(1, "result"))))
        said[name] = didaskaleio("verify", BUNDLE, path).out.partition(": ")[2]
    assert said == {
        "order short": "position 6: published ends, computed 90556203\n",
        "a place lost": "26440704: published null, computed P2\n",
        "a list missing": "P4: only computed\n",
        "viable turned": "P3: published true, computed false\n",
    }


@pytest.mark.parametrize("change", MALFORMED_RESULT.values(), ids=MALFORMED_RESULT)
def test_a_malformed_result_is_no_difference_but_refused(
    change: Change, tmp_path: Path, didaskaleio: Callable[..., Said]
) -> None:
    path = tmp_path / "result.json"
    changed = change(vector(1, "result"))
    if isinstance(changed, dict) and "seed" in changed and changed["seed"]:
        changed["seed"] = changed["seed"].replace("4", "5", 1)  # a difference, too
    path.write_text(json.dumps(changed))
    refused(didaskaleio("verify", BUNDLE, path), "RESULT", str(path))


def test_a_result_spelled_otherwise_holds(tmp_path: Path, didaskaleio: Callable[..., Said]) -> None:
    path = tmp_path / "result.json"
    path.write_text(json.dumps(dict(reversed(vector(1, "result").items())), indent=3))
    assert didaskaleio("verify", BUNDLE, path).out == LINE
