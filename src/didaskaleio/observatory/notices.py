"""Notices of room observatory."""

from __future__ import annotations

from didaskaleio.kernel.notices import Kind, declare

SENT = declare(Kind("observatory.report_sent", "Τακτική αποστολή αναφοράς"))
STOPPED = declare(Kind("observatory.report_stopped", "Τέλος τακτικής αποστολής αναφοράς"))
FILED = declare(Kind("observatory.request_filed", "Νέο αίτημα στην υπηρεσία λειτουργίας"))
MOVED = declare(Kind("observatory.request_moved", "Εξέλιξη αιτήματος στην υπηρεσία λειτουργίας"))
