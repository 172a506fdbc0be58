"""Ισχύς με λήξη: what holds for a time is reminded of its end and ends, both by the clock."""

from __future__ import annotations

from collections.abc import Iterable

from didaskaleio.kernel.lifecycle import Step, step


def remind(source: str, target: str, *, needs: str, label: str = "Υπενθύμιση λήξης") -> Step:
    """Υπενθύμιση: at ``remind_at`` what holds becomes what ends soon."""
    return step(
        "remind",
        source,
        target,
        needs=needs,
        label=label,
        done="Πλησιάζει η λήξη",
        due="remind_at",
        button=False,
    )


def lapse(
    source: Iterable[str] | str,
    target: str,
    *,
    needs: str,
    label: str,
    done: str,
    due: str = "ends_at",
) -> Step:
    """Λήξη: at ``due`` it holds no more."""
    return step("lapse", source, target, needs=needs, label=label, done=done, due=due, button=False)
