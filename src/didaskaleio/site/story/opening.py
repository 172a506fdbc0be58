"""The operator (υπηρεσία λειτουργίας) opens what courses and actions need, before they begin."""

from __future__ import annotations

from datetime import timedelta

from didaskaleio.courses.models import Course
from didaskaleio.kernel.spaces import operations
from didaskaleio.programmes import operations as programmes
from didaskaleio.programmes.enums import ActionRole
from didaskaleio.programmes.models import TrainingAction
from didaskaleio.registers.models import Register
from didaskaleio.site.story.cast import Cast
from didaskaleio.site.story.moments import BEGINNING

AT = BEGINNING + timedelta(days=1)
OF_ACTION = (
    ("action.seal", ""),
    ("action.class_spaces", "Ηλεκτρονική τάξη, κατηγορία {code}"),
    ("action.live_rooms", "Σαράντα αίθουσες, λογαριασμός {code}"),
    ("action.register", ""),
)


def named(cast: Cast, action: TrainingAction, register: Register) -> None:
    """The action draws its trainers from the register of its body."""
    officer = cast.actor("officer")
    programmes.name_register(action, ActionRole.TRAINER, register, actor=officer, at=BEGINNING)


def of_action(cast: Cast, action: TrainingAction) -> None:
    """All that is required: four spaces open; the help line is owed."""
    operator = cast.actor("admin")
    for need, place in OF_ACTION:
        where = place.format(code=action.code)
        operations.open_space(action, need, place=where, actor=operator, at=AT)


def of_course(cast: Cast, course: Course, *, template: bool) -> None:
    """The public page and the item bank; without ``template`` the class template is owed."""
    operator = cast.actor("admin")
    operations.open_space(course, "course.sheet", actor=operator, at=AT)
    bank = f"Δεξαμενή {course.level}, φάκελος {course.code}"
    operations.open_space(course, "course.item_bank", place=bank, actor=operator, at=AT)
    if template:
        place = f"Ηλεκτρονική τάξη, πρότυπο {course.code}"
        operations.open_space(course, "course.class_template", place=place, actor=operator, at=AT)
