"""What the operator must do about spaces (εκκρεμότητες): one line for each object that owes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from didaskaleio.kernel import access, greek
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.agenda import SHOWN, Todo, todos
from didaskaleio.kernel.spaces import queries
from didaskaleio.kernel.spaces.queries import Board


@todos("kernel.spaces")
def of_operator(actor: Actor, at: datetime) -> Iterator[Todo]:
    """Courses and actions whose required spaces nobody has decided on."""
    if not access.allowed(actor, "space.decide"):
        return
    waiting = [board for board in queries.boards() if board.is_waiting]
    yield from map(_todo, waiting[:SHOWN])
    if (rest := len(waiting) - SHOWN) > 0:
        yield Todo(f"Και άλλα {rest}: οφειλόμενοι χώροι", reverse("kernel:spaces"))


def _todo(board: Board) -> Todo:
    many = greek.count(board.owed, "χώρος", "χώροι")
    url = f"{reverse('kernel:spaces')}#{board.key}"
    return Todo(f"Άνοιγμα χώρων: {board.thing}", url, detail=f"Οφείλονται: {many}")
