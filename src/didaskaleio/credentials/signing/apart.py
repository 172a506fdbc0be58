"""Χωριστά (apart): a file from outside is judged in a process of its own, with little memory.

Whatever a hostile file does to the parser, the page that asked goes on: after the time or the
memory that is allowed the process is no more, and the file counts as too heavy.
"""

from __future__ import annotations

import pickle
import resource
import subprocess
import sys
from typing import Final

from didaskaleio.credentials.signing.findings import Finding, Flaw, Question
from didaskaleio.credentials.signing.judging import judge

SECONDS: Final = 20
MEMORY: Final = 1 << 30


def judge_apart(question: Question, *, seconds: int = SECONDS, memory: int = MEMORY) -> Finding:
    """Πόρισμα, within ``seconds`` of the processor and ``memory`` octets."""
    command = [sys.executable, "-m", "didaskaleio.credentials.signing.apart"]
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            [*command, str(seconds), str(memory)],
            input=pickle.dumps(question),
            capture_output=True,
            timeout=3 * seconds,
            check=True,
        )
        found = pickle.loads(done.stdout)  # noqa: S301 - written by our own process
    except (subprocess.SubprocessError, EOFError, pickle.UnpicklingError):
        return Finding(Flaw.TOO_HEAVY)
    return found if isinstance(found, Finding) else Finding(Flaw.TOO_HEAVY)


def main(seconds: int, memory: int) -> None:
    """One question from the input, its finding to the output; both from and for our own kind."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    question = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by our own process
    sys.stdout.buffer.write(pickle.dumps(judge(question)))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
