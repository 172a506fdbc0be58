"""Επίδειξη (demonstration): one command, a living platform, the same data at the next start."""

from __future__ import annotations

import argparse
import fcntl
import os
import shutil
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from didaskaleio.site import demo_data, manage, places, postgres
from didaskaleio.site.demo_accounts import ACCOUNTS, PASSWORD
from didaskaleio.site.mailsink import MailSink
from didaskaleio.site.myschool_stand_in import TOKEN, StandIn
from didaskaleio.site.postgres_home import PostgresError
from didaskaleio.site.signing_stand_in import CLIENT, SECRET, SigningStandIn
from didaskaleio.site.supervisor import ChildEndedError, Supervisor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

HOST = "127.0.0.1"
LAST_PORT = 65_535
ANSWER_WITHIN = 120.0  # seconds for the first page
KEPT = (
    "files",
    "mail",
    "log",
    "authority",
    "static",
    "myschool",
    "signing",
)  # beside PostgreSQL's own folder
DISK_FULL = ("No space left on device", "DiskFull")


@dataclass(frozen=True, slots=True)
class Programs:
    """What the demonstration runs: management commands and the web application (WSGI)."""

    manage: Sequence[str] = (sys.executable, "-m", "didaskaleio.site.manage")
    application: str = "didaskaleio.site.wsgi:application"


PLATFORM = Programs()


class DemoError(Exception):
    """The demonstration cannot start; ``str`` says in Greek why and what to do."""


def main(arguments: Sequence[str] | None = None, programs: Programs = PLATFORM) -> int:
    """Εντολή ``didaskaleio demo``: runs until Ctrl-C; returns 0, or 1 with the reason on stderr."""
    options = _options(arguments)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    try:
        if options.reset:
            _reset(places.var_dir())
        else:
            _check_port(options.port)
            _run(places.var_dir(), options.port, options.scale, programs)
    except KeyboardInterrupt:
        _say("Η επίδειξη σταμάτησε. Τα δεδομένα μένουν: make demo τη συνεχίζει.")
    except (DemoError, demo_data.ScaleError, PostgresError) as error:
        print(error, file=sys.stderr)  # noqa: T201 - a command speaks
        return 1
    except ChildEndedError as error:
        print(_explained(str(error)), file=sys.stderr)  # noqa: T201 - a command speaks
        return 1
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="didaskaleio demo", description="Ξεκινά την επίδειξη και τρέχει ως το Ctrl-C."
    )
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
    parser.add_argument(
        "--scale", choices=demo_data.SCALES, default=os.environ.get("SCALE") or None
    )
    parser.add_argument("--reset", action="store_true", help="σβήνει τα δεδομένα της επίδειξης")
    return parser.parse_args(arguments)


def _check_port(port: int) -> None:
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise DemoError(
                f"Η θύρα {port} δεν είναι διαθέσιμη ({error}). "
                f"Δοκιμάστε άλλη: make demo PORT={port + 1 if port < LAST_PORT else 8001}"
            ) from error


@contextmanager
def _alone(var: Path) -> Iterator[None]:
    """Hold the demonstration's lock: one runs from each folder."""
    var.mkdir(parents=True, exist_ok=True)
    with (var / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DemoError(
                f"Η επίδειξη τρέχει ήδη με τα δεδομένα του {var}. Σταματήστε την πρώτα με Ctrl-C."
            ) from error
        yield


def _reset(var: Path) -> None:
    with _alone(var):
        postgres.remove(var)
        for name in KEPT:
            shutil.rmtree(var / name, ignore_errors=True)
        (var / "secret").unlink(missing_ok=True)
    _say("Τα δεδομένα της επίδειξης διαγράφηκαν. make demo ξεκινά από την αρχή.")


def _run(var: Path, port: int, scale: str | None, programs: Programs) -> None:
    with ExitStack() as stack:
        stack.enter_context(_alone(var))
        (var / "static").mkdir(exist_ok=True)
        _say("Ξεκινά η PostgreSQL …")
        stack.callback(postgres.stop, var)
        environment = {**os.environ, **manage.embedded(var), "PYTHONUNBUFFERED": "1"}
        sink = stack.enter_context(MailSink(var / "mail"))
        environment["DIDASKALEIO_SMTP"] = sink.address
        stand_in = stack.enter_context(StandIn(var / "myschool"))
        environment["DIDASKALEIO_MYSCHOOL"] = stand_in.address
        environment["DIDASKALEIO_MYSCHOOL_TOKEN"] = TOKEN
        signer = stack.enter_context(SigningStandIn(var / "signing"))
        environment["DIDASKALEIO_SIGNING"] = signer.address
        environment["DIDASKALEIO_SIGNING_NAME"] = signer.issuer.name
        environment["DIDASKALEIO_SIGNING_CLIENT"] = CLIENT
        environment["DIDASKALEIO_SIGNING_SECRET"] = SECRET
        environment["DIDASKALEIO_BASE_URL"] = address = f"http://{HOST}:{port}"
        children = Supervisor(var / "log", environment)
        stack.callback(_stop, children)
        demo_data.prepare(environment["DATABASE_URL"], scale, children, programs.manage, _say)
        _say("Ξεκινούν οι σελίδες και ο εργάτης …")
        children.start("worker", [*programs.manage, "worker"])
        children.start("web", _web(port, programs.application))
        _await_page(address, children)
        _welcome(address)
        children.watch()


def _stop(children: Supervisor) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not cut the clean end
    children.stop()


def _web(port: int, application: str) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *("--host", HOST, "--port", str(port), "--workers", "1", "--blocking-threads", "8"),
        application,
    ]


def _await_page(address: str, children: Supervisor) -> None:
    deadline = time.monotonic() + ANSWER_WITHIN
    while time.monotonic() < deadline:
        children.check()
        try:
            urllib.request.urlopen(address, timeout=30).close()  # noqa: S310 - our own address
        except urllib.error.HTTPError as answer:
            raise DemoError(
                f"Η αρχική σελίδα απάντησε με σφάλμα {answer.code}. Δείτε το var/log/web.log."
            ) from answer
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise DemoError(f"Η σελίδα {address} δεν απάντησε. Δείτε το var/log/web.log.")


def _welcome(address: str) -> None:
    width = max(len(name) for name, _ in ACCOUNTS)
    rows = "\n".join(f"  {name:<{width}}  {role}" for name, role in ACCOUNTS)
    _say(
        f"\nΛογαριασμοί (κωδικός για όλους: {PASSWORD})\n{rows}\n\n"
        f"Η επίδειξη είναι έτοιμη: {address}/\nΣταματά με Ctrl-C."
    )


def _explained(text: str) -> str:
    if any(sign in text for sign in DISK_FULL):
        return f"Ο δίσκος είναι γεμάτος. Ελευθερώστε χώρο και ξαναδοκιμάστε.\n\n{text}"
    return text


def _say(sentence: str) -> None:
    print(sentence, flush=True)  # noqa: T201 - a command speaks
