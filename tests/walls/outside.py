"""The tables that don't keep one organisation from another, each with its reason; every other table has to."""

OUTSIDE_TENANCY = {
    "affiliation": "which organisations a person is registered with: read before one is entered, by that person alone",
    "alembic_version": "the level of the schema, one number: read when the service starts, written by the owner alone",
    "attempt": "keyed hashes of whoever tries codes or tokens: of nobody, and the same for every organisation",
    "calendar_address": "that a person has addresses for their calendars: seen by that person alone, whatever the group",
    "calendar_key": "whose calendar an address opens: read before a person is known, by that very address alone",
    "idempotency": "a person's own keys and sealed answers; one key counts once, whichever organisation it was used in",
    "audit_seal": "the chain of seals: hashes and counts, of nobody; only the role that seals has a grant on it",
    "duty_turn": "when a duty of the worker's is due: of nobody; only the role that works has a grant on it",
    "erasure": "ids of who has just been erased: they lead nowhere; only the role that erases has a grant on it",
    "identity": "who a login is: read before a person is known, by that login alone",
    "organisation": "the directory of organisations, public (O-01); only the row of one's own is written",
    "person": "a person is one person in every organisation; seen and changed by that person alone",
    "shown_proof": "hashes of proofs that were shown: of nobody, and a proof must count once for all",
}
"""A new table without `organisation_id` in its policy is named here, or the suite is red."""

SEALED_BY_ANOTHER_ROLE = {
    "audit_entry": "written within one organisation, seen by the person it is about, and by the role that seals, all of it",
    "audit_waiting": "written within one organisation; seen by the role that seals alone",
    "due_work": "ids and times: written within one organisation; the role that works sees what is due, wherever it is",
}
"""Walled for the service's role, as its matrix shows; `verksted_audit`, which seals the log, and `verksted_worker`, which
looks for what is due, have to see all of it."""

OF_ONE_PERSON = {
    "affiliation": "person_id",
    "calendar_address": "person_id",
    "calendar_key": "id",
    "idempotency": "person_id",
    "identity": "id",
    "person": "id",
}
"""Of these it is proved instead that nobody reads or writes what is another person's (or login's), by this column."""
