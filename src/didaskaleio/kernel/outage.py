"""Διακοπή (outage): errors which say that something we stand on is away and will come back.

The database, the disk, the store of files or the mail server: whoever meets one of them tells
the person so, or lets the job wait and do it later. Everything else is a fault of ours.
"""

from __future__ import annotations

import errno
import smtplib
import socket

import psycopg
from django.db import InterfaceError, OperationalError

from didaskaleio.kernel.errors import Refusal

# SQLSTATE: connection failure, shutdown and crash, starting, out of memory, disk or connections
DATABASE_AWAY = ("08", "57P01", "57P02", "57P03", "53")
DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
NO_WAY = frozenset({errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EHOSTDOWN})
PERMANENT = 500  # SMTP: refused for good, not for now


class NoRoomError(Refusal):
    """The store of files took nothing now: nothing was kept, and the same act succeeds later."""


class StoreAwayError(OSError):
    """The store of files, on another machine, does not answer or is overloaded."""


def database_away(error: BaseException) -> bool:
    """Whether ``error`` says that the database is stopped, starts, or takes nobody more in."""
    if isinstance(error, (OperationalError, InterfaceError)):
        cause = error.__cause__
        return cause is None or database_away(cause)
    if isinstance(error, psycopg.InterfaceError):
        return True
    if isinstance(error, psycopg.OperationalError):
        return error.sqlstate is None or error.sqlstate.startswith(DATABASE_AWAY)
    return False


def disk_full(error: BaseException) -> bool:
    """Whether ``error`` says that a file could not be written whole."""
    return isinstance(error, OSError) and error.errno in DISK_FULL


def no_room() -> NoRoomError:
    """What the person at the screen is told when the disk is full."""
    return NoRoomError(
        "Ο χώρος αποθήκευσης γέμισε: το αρχείο δεν αποθηκεύτηκε και τίποτα άλλο δεν άλλαξε. "
        "Δοκιμάστε ξανά σε λίγη ώρα. Η υπηρεσία λειτουργίας το βλέπει και ελευθερώνει χώρο.",
        code="no_room",
    )


def store_away(error: BaseException) -> bool:
    """Whether ``error`` says that the store of files does not answer."""
    return isinstance(error, StoreAwayError)


def no_store() -> NoRoomError:
    """What the person at the screen is told when the store of files does not answer."""
    return NoRoomError(
        "Η αποθήκη αρχείων δεν απαντά: το αρχείο δεν αποθηκεύτηκε και τίποτα άλλο δεν άλλαξε. "
        "Δοκιμάστε ξανά σε λίγα λεπτά. Η υπηρεσία λειτουργίας το βλέπει.",
        code="no_store",
    )


def mail_refused(error: BaseException) -> bool:
    """Whether the mail server refused this one letter for good (an SMTP code of 500 or more)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= PERMANENT
    return isinstance(error, ValueError)  # an address or a subject that no letter can bear


def mail_later(error: BaseException) -> bool:
    """Whether the mail server took this one letter not now (an SMTP code between 400 and 499)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return not mail_refused(error)
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code < PERMANENT


def mail_away(error: BaseException) -> bool:
    """Whether the mail server does not answer, closes the line or lets nobody in."""
    if isinstance(error, smtplib.SMTPException):
        return not mail_refused(error)
    away = isinstance(error, (ConnectionError, TimeoutError, socket.gaierror))
    return away or (isinstance(error, OSError) and error.errno in NO_WAY)


def passes(error: BaseException) -> bool:
    """Whether a job that met ``error`` is done later, as often as it takes."""
    return isinstance(error, NoRoomError) or any(
        says(error) for says in (database_away, disk_full, store_away, mail_away)
    )
