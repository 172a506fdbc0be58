"""The operator (υπηρεσία λειτουργίας) opens what courses and actions need, before they begin."""

from __future__ import annotations

from datetime import timedelta

from didaskaleio.courses.models import Course
from didaskaleio.kernel.spaces import operations
from didaskaleio.programmes.models import TrainingAction
from didaskaleio.site.story.cast import Cast
from didaskaleio.site.story.moments import BEGINNING

AT = BEGINNING + timedelta(days=1)
OF_ACTION = (
    ("action.seal", ""),
    ("action.class_spaces", "Ηλεκτρονική τάξη, κατηγορία {code}"),
    ("action.live_rooms", "Σαράντα αίθουσες, λογαριασμός {code}"),
)
NO_REGISTER = "Το μητρώο τηρεί ο φορέας σε δικό του σύστημα· το πρόσωπο ορίζεται στην πρόταση."


def of_action(cast: Cast, action: TrainingAction) -> None:
    """All that is required: three spaces open, the register decided; the help line is owed."""
    operator = cast.actor("admin")
    for need, place in OF_ACTION:
        where = place.format(code=action.code)
        operations.open_space(action, need, place=where, actor=operator, at=AT)
    operations.decline_space(action, "action.register", reason=NO_REGISTER, actor=operator, at=AT)


def of_course(cast: Cast, course: Course, *, template: bool) -> None:
    """The public page and the item bank; without ``template`` the class template is owed."""
    operator = cast.actor("admin")
    operations.open_space(course, "course.sheet", actor=operator, at=AT)
    bank = f"Δεξαμενή {course.level}, φάκελος {course.code}"
    operations.open_space(course, "course.item_bank", place=bank, actor=operator, at=AT)
    if template:
        place = f"Ηλεκτρονική τάξη, πρότυπο {course.code}"
        operations.open_space(course, "course.class_template", place=place, actor=operator, at=AT)
