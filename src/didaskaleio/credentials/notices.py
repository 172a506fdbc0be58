"""Notices of room credentials: what signers and those who asked for signatures are told."""

from __future__ import annotations

from didaskaleio.kernel.notices import Kind, declare

TURN = declare(Kind("credentials.turn", "Έγγραφο προς υπογραφή", optional=False))
REMINDER = declare(Kind("credentials.reminder", "Υπενθύμιση υπογραφής εγγράφου"))
REPLACED = declare(Kind("credentials.replaced", "Αλλαγή προσώπου που υπογράφει", optional=False))
ENDED = declare(Kind("credentials.ended", "Τέλος φακέλου υπογραφών", optional=False))
