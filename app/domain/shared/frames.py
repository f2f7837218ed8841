"""The frames that groups meet in, and that people wish for before there is a group."""

from enum import StrEnum


class Form(StrEnum):
    """How the group meets (G-27)."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    VIDEO = "video"


class Weekday(StrEnum):
    """A day of the week."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"
