from __future__ import annotations

import subprocess
import sys

import pytest

from didaskaleio.site import cli

SOURCE = cli.__file__.removesuffix("/didaskaleio/site/cli.py")


def test_the_draw_starts_without_django_or_any_other_package() -> None:
    script = (
        "import sys; from didaskaleio.site.cli import main; main(['draw', 'verify', '', ''])\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules}"
        " - set(sys.stdlib_module_names)))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {SOURCE!r}); {script}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "['__main__', 'didaskaleio']\n"


@pytest.mark.parametrize("words", [["help"], ["--help"], ["-h"]])
def test_help_lists_the_words(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(words) == 0
    written = capsys.readouterr()
    assert written.err == ""
    assert all(word in written.out for word in cli.WORDS)


@pytest.mark.parametrize("words", [[], ["drow"], ["--draw"], [""]])
def test_an_unknown_word_is_refused_in_one_line(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(words) == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert written.err.startswith("usage: didaskaleio ")
    assert written.err.count("\n") == 1


def test_an_interruption_ends_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "interrupted", interrupted, raising=False)
    monkeypatch.setitem(cli.WORDS, "wait", "didaskaleio.site.cli:interrupted")
    assert cli.main(["wait"]) == 130
