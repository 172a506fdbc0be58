"""Life cycle of a membership (κύκλος μέλους μητρώου): it is renewed, or it ends; 000 §4 I.b."""

from __future__ import annotations

from didaskaleio.kernel.expiry import lapse, remind
from didaskaleio.kernel.lifecycle import lifecycle, step
from didaskaleio.registers.enums import MemberState as M

MEMBERSHIP = lifecycle(
    "membership",
    "Μέλος μητρώου",
    M,
    remind(M.ACTIVE, M.EXPIRING, needs="membership.settle", label="Υπενθύμιση ανανέωσης"),
    step(
        "renew",
        (M.EXPIRING, M.EXPIRED),
        M.ACTIVE,
        needs="membership.keep",
        label="Ανανέωση",
        done="Ανανεώθηκε",
        reason=True,
    ),
    lapse(
        M.EXPIRING,
        M.EXPIRED,
        needs="membership.settle",
        label="Λήξη ισχύος",
        done="Έληξε η ισχύς",
        due="valid_until",
    ),
    step(
        "suspend",
        (M.ACTIVE, M.EXPIRING),
        M.SUSPENDED,
        needs="membership.keep",
        label="Αναστολή",
        done="Μπήκε σε αναστολή",
        reason=True,
        danger=True,
    ),
    step(
        "lift",
        M.SUSPENDED,
        M.ACTIVE,
        needs="membership.keep",
        label="Άρση αναστολής",
        done="Έληξε η αναστολή",
        reason=True,
    ),
    step(
        "remove",
        (M.SUSPENDED, M.EXPIRED),
        M.REMOVED,
        needs="membership.keep",
        label="Διαγραφή",
        done="Διαγράφηκε από το μητρώο",
        reason=True,
        danger=True,
    ),
    step(
        "resign",
        (M.ACTIVE, M.EXPIRING),
        M.REMOVED,
        needs="membership.own",
        label="Αποχώρηση από το μητρώο",
        done="Αποχώρησε από το μητρώο",
        danger=True,
    ),
    kinds={M.ACTIVE: "good", M.EXPIRING: "wait", M.EXPIRED: "bad", M.SUSPENDED: "bad"},
)
