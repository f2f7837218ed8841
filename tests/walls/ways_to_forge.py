# ruff: noqa: E501 (statements are easier to compare in one line each)
"""The same at the ballot itself: outcomes, rolls, envelopes; and what the role that counts might try."""

from tests.walls.ways_around import DENIED, MEMBERSHIP, POWERS, REOPENING, Way, member

BALLOT = (
    Way(
        "an outcome of one's own",
        DENIED,
        [
            "insert into ballot_outcome (organisation_id, ballot_id, group_id, applicant_id, verdict, counted_at, offer_expires_at) values ('{org}', '{ballot_asked}', '{other_group}', '{asked}', 'adopted', now(), now() + interval '9 days')"
        ],
    ),
    Way(
        "an outcome by a grant to oneself",
        DENIED,
        [
            "grant insert on ballot_outcome to verksted_app",
            "insert into ballot_outcome select * from ballot_outcome",
        ],
    ),
    Way("an outcome by COPY", DENIED, ["copy ballot_outcome from stdin"]),
    Way(
        "another outcome",
        DENIED,
        ["update ballot_outcome set verdict = 'adopted' where ballot_id = '{ballot_refused}'"],
    ),
    Way("a longer offer", DENIED, ["update ballot_outcome set offer_expires_at = now() + interval '9 days'"]),
    Way("an outcome deleted", DENIED, ["delete from ballot_outcome where ballot_id = '{ballot_refused}'"]),
    *(
        Way(
            f"another {column}",
            DENIED,
            [f"update ballot set {column} = {value} where id = '{{ballot_asked}}'"],
        )
        for column, value in (
            ("closes_at", "now()"),
            ("opened_at", "now() - interval '90 days'"),
            ("rule", "'absolute_majority'"),
            ("quorum_percent", "50"),
            ("secret", "false"),
            ("public_key", "''"),
            ("counted_at", "now()"),
            ("applicant_id", "'{outsider}'"),
            ("application_id", "'{application_offered}'"),
            ("group_id", "'{group}'"),
            ("generation", "2"),
            ("question", "'admission'"),
        )
    ),
    Way("a ballot deleted", DENIED, ["delete from ballot where id = '{ballot_asked}'"]),
    Way(
        "a ballot ended and revived",
        "ended_for_good",
        [
            "update ballot set voided_at = now() where id = '{ballot_asked}'",
            "update ballot set voided_at = null where id = '{ballot_asked}'",
        ],
    ),
    Way(
        "a withdrawn one revived",
        "ended_for_good",
        [
            "update ballot set withdrawn_at = now() where id = '{ballot_asked}'",
            "update ballot set withdrawn_at = null where id = '{ballot_asked}'",
        ],
    ),
    Way(
        "a counted one ended",
        "ck_ballot_one_end",
        ["update ballot set voided_at = now() where id = '{ballot_refused}'"],
    ),
    Way(
        "a second ballot beside it",
        "uq_ballot_live_application",
        [
            "insert into ballot select organisation_id, '{new}', group_id, generation, question, application_id, applicant_id,"
            " rule, quorum_percent, secret, opened_at, closes_at, public_key, null, null, null from ballot where id = '{ballot_asked}'"
        ],
    ),
    Way(
        "an opponent dropped",
        "dropped_by_leaving",
        [
            "update ballot_roll set has_voted = false, dropped_at = now() where ballot_id = '{ballot_asked}' and membership_id = '{voter}'"
        ],
    ),
    Way(
        "an opponent's vote forgotten",
        "kept_vote",
        ["update ballot_roll set has_voted = false where ballot_id = '{ballot_asked}'"],
    ),
    Way(
        "an opponent's envelope removed",
        "kept_vote",
        ["delete from envelope where ballot_id = '{ballot_asked}'"],
    ),
    Way("an opponent off the roll", DENIED, ["delete from ballot_roll where ballot_id = '{ballot_asked}'"]),
    Way(
        "somebody else in their place",
        DENIED,
        ["update ballot_roll set membership_id = '{member}' where ballot_id = '{ballot_asked}'"],
    ),
    Way(
        "an outsider on the roll",
        "fk_ballot_roll_membership",
        [
            "insert into ballot_roll (organisation_id, ballot_id, membership_id, group_id, has_voted) values ('{org}', '{ballot_asked}', '{made_up}', '{other_group}', false)"
        ],
    ),
    Way(
        "another group's member on the roll",
        "fk_ballot_roll_membership",
        [
            "insert into ballot_roll (organisation_id, ballot_id, membership_id, group_id, has_voted) values ('{org}', '{ballot_asked}', '{member}', '{other_group}', false)"
        ],
    ),
    Way(
        "an envelope of somebody not on the roll",
        "fk_envelope_roll",
        [
            "insert into envelope (organisation_id, ballot_id, membership_id, sealed) values ('{org}', '{ballot_asked}', '{member}', decode(repeat('00', 80), 'hex'))"
        ],
    ),
    Way(
        "an envelope of another length",
        "ck_envelope_constant_length",
        ["update envelope set sealed = '\\x00' where ballot_id = '{ballot_asked}'"],
    ),
    Way("reading envelopes", DENIED, ["select sealed from envelope"]),
    Way(
        "copying an envelope",
        DENIED,
        ["update envelope set sealed = (select e.sealed from envelope e limit 1)"],
    ),
    Way(
        "another applicant",
        DENIED,
        ["update application set applicant_id = '{outsider}' where id = '{application_offered}'"],
    ),
    Way("a declaration taken back", DENIED, ["delete from declaration where membership_id = '{voter}'"]),
    Way(
        "a declaration that never was",
        DENIED,
        ["update declaration set signed_at = now() + interval '1 day' where membership_id = '{voter}'"],
    ),
)
_DENIED_COUNTER = tuple(
    Way(name, DENIED, [statement])
    for name, statement in (
        ("the counter lets somebody in", member("outsider", ballot="'{ballot_offered}'", verdict="'adopted'")),
        ("the counter moves a membership", "update membership set person_id = '{outsider}'"),
        ("the counter deletes a membership", "delete from membership"),
        ("the counter opens a ballot", "insert into ballot select * from ballot limit 1"),
        ("the counter changes a ballot", "update ballot set closes_at = now()"),
        ("the counter changes the roll", "delete from ballot_roll"),
        ("the counter votes", "insert into envelope select * from envelope"),
        ("the counter rewrites an outcome", "update ballot_outcome set verdict = 'adopted'"),
        ("the counter removes an outcome", "delete from ballot_outcome"),
        ("the counter moves a meeting", "update meeting set starts_at = now()"),
        *(
            (f"the counter reads {table}", f"select * from {table}")
            for table in ("application", "person", "identity", "affiliation", "registration", "placement",
                          "intake_outcome", "role_grant", "idempotency", "outbox", "self_help_group", "organisation")
        ),
    )
)  # fmt: skip
COUNTER = (
    *_DENIED_COUNTER,
    Way("the counter brings somebody back", "left_for_good", ["update membership set left_at = null"]),
    Way("the counter throws somebody out", "left_by_oneself", ["update membership set left_at = now() where id = '{member}'"]),
    Way(
        "the counter throws somebody out by a ballot that wasn't about them",
        "fk_membership_exclusion",
        ["update membership set left_at = now(), excluded_by = '{ballot_offered}', excluded_verdict = 'adopted' where id = '{member}'"],
    ),
    Way(
        "the counter drops an opponent",
        "dropped_by_leaving",
        ["update ballot_roll set has_voted = false, dropped_at = now() where ballot_id = '{ballot_asked}' and membership_id = '{voter}'"],
    ),
    Way("the counter writes a leave", DENIED, ["update member_leave set ends_at = now()"]),
)  # fmt: skip
REMOVAL = (
    Way("somebody thrown out", "left_by_oneself", ["update membership set left_at = now() where id = '{member}'"]),
    Way(
        "somebody thrown out by a ballot that wasn't about them",
        DENIED,
        ["update membership set left_at = now(), excluded_by = '{ballot_offered}', excluded_verdict = 'adopted' where id = '{member}'"],
    ),
    Way("ground rules rewritten", DENIED, ["update ground_rules set rhythm = 'never'"]),
)  # fmt: skip
AS_APP = (*MEMBERSHIP, *REOPENING, *POWERS, *BALLOT, *REMOVAL)
