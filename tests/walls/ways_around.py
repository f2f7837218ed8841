# ruff: noqa: E501 (statements are easier to compare in one line each)
"""Every way around the ballot that we could think of, as SQL of somebody who has got hold of the service's own role.

Each is a list of statements with ids in braces (`History.ids`; `{new}` is new each time), and how it has to fail: the
SQLSTATE, or the name of the constraint or trigger.
"""

from collections.abc import Sequence
from typing import NamedTuple

DENIED = "42501"
"""insufficient_privilege: not granted, not the owner, or against row-level security."""


class Way(NamedTuple):
    """One attempt."""

    name: str
    fails: str
    statements: Sequence[str]


def member(person: str, *, placement: str = "null", ballot: str = "null", verdict: str = "null",
           group: str = "{group}", org: str = "{org}", generation: int = 1) -> str:  # fmt: skip
    """The insertion of a membership."""
    return (
        "insert into membership (organisation_id, id, group_id, person_id, alias, placement_id, ballot_id,"
        f" ballot_verdict, generation, joined_at) values ('{org}', '{{new}}', '{group}', '{{{person}}}', 'Intruder',"
        f" {placement}, {ballot}, {verdict}, {generation}, now() - interval '40 days')"
    )


def by(ballot: str, person: str, verdict: str = "'adopted'", **more: str) -> str:
    """The same with a ballot."""
    return member(person, ballot=f"'{{{ballot}}}'", verdict=verdict, **more)  # type: ignore[arg-type]


def placed(person: str, group: str = "group", accepted: str = "now() - interval '40 days'") -> str:
    """An invitation that was accepted before the group began, as it says."""
    return (
        "insert into placement (organisation_id, id, group_id, person_id, invited_at, accepted_at)"
        f" values ('{{org}}', '{{new2}}', '{{{group}}}', '{{{person}}}', now() - interval '41 days', {accepted})"
    )


VIA_PLACEMENT = member("outsider", placement="'{new2}'")
_NEW_MEETING = (
    "insert into meeting (organisation_id, id, group_id, starts_at, minutes, place, version, cancelled_at)"
    " values ('{org}', '{new3}', '{group}', now() + interval '1 day', 60, 'Elsewhere', 1, null)"
)
MEMBERSHIP = (
    Way("no fact at all", "standing_offer", [member("outsider")]),
    Way(
        "both facts",
        "closed_group",
        [by("ballot_offered", "offered").replace("null, '{ballot", "'{placement_of_late}', '{ballot")],
    ),
    Way("a made-up ballot", "standing_offer", [by("made_up", "outsider")]),
    Way("a ballot that was not adopted", "standing_offer", [by("ballot_refused", "refused")]),
    Way(
        "a ballot that was not adopted, honestly",
        "standing_offer",
        [by("ballot_refused", "refused", "'not_adopted'")],
    ),
    Way("an adopted ballot, without its verdict", "only_adopted", [by("ballot_offered", "offered", "null")]),
    Way(
        "an adopted ballot, lapsed as it says", "only_adopted", [by("ballot_offered", "offered", "'lapsed'")]
    ),
    Way("an open ballot", "standing_offer", [by("ballot_asked", "asked", group="{other_group}")]),
    Way("the ballot that opened the group", "standing_offer", [by("ballot_opening", "outsider")]),
    Way("another applicant's ballot", "fk_membership_adopted_ballot", [by("ballot_offered", "outsider")]),
    Way("another group's ballot", "fk_membership_adopted_ballot", [by("ballot_elsewhere", "elsewhere")]),
    Way("an expired offer", "standing_offer", [by("ballot_expired", "expired")]),
    Way(
        "a withdrawn application",
        "standing_offer",
        [by("ballot_changed_mind", "changed_mind", group="{other_group}")],
    ),
    Way("the same ballot again", "uq_membership_ballot", [by("ballot_admitted", "admitted")]),
    Way(
        "an invitation to another organisation",
        DENIED,
        [placed("outsider").replace("{org}", "{made_up}"), VIA_PLACEMENT],
    ),
    Way("a backdated placement", "closed_group", [placed("outsider"), VIA_PLACEMENT]),
    Way("a placement not accepted", "closed_group", [placed("outsider", accepted="null"), VIA_PLACEMENT]),
    Way(
        "an old invitation, accepted now",
        "closed_group",
        [
            "update placement set accepted_at = now() where id = '{placement_of_late}'",
            member("late", placement="'{placement_of_late}'"),
        ],
    ),
    Way(
        "an old invitation, backdated",
        "closed_group",
        [
            "update placement set accepted_at = now() - interval '40 days' where id = '{placement_of_late}'",
            member("late", placement="'{placement_of_late}'"),
        ],
    ),
    Way(
        "one's own old placement again",
        "closed_group",
        [member("leaver", placement="'{placement_of_leaver}'")],
    ),
    Way(
        "back by unleaving",
        "left_for_good",
        ["update membership set left_at = null where id = '{membership_of_leaver}'"],
    ),
    Way(
        "back by leaving later",
        "left_for_good",
        ["update membership set left_at = now() + interval '9 years' where id = '{membership_of_leaver}'"],
    ),
    Way(
        "another person in a member's place",
        DENIED,
        ["update membership set person_id = '{outsider}' where id = '{member}'"],
    ),
    Way(
        "a member moved into the group",
        DENIED,
        ["update membership set group_id = '{group}' where group_id = '{other_group}'"],
    ),
    Way(
        "another ballot afterwards",
        DENIED,
        ["update membership set ballot_id = '{ballot_offered}' where id = '{member}'"],
    ),
    Way(
        "another placement afterwards",
        DENIED,
        ["update membership set placement_id = '{placement_of_late}' where id = '{member}'"],
    ),
    Way("a membership deleted", DENIED, ["delete from membership where id = '{member}'"]),
    Way(
        "other words in an application that is being decided on",
        "words_stand",
        ["update application set introduction_sealed = 'x' where applicant_id = '{asked}'"],
    ),
    Way(
        "another's alias in an application that is being decided on",
        "words_stand",
        ["update application set alias = 'Beloved' where applicant_id = '{asked}'"],
    ),
    Way("all of them truncated", DENIED, ["truncate membership cascade"]),
    Way(
        "many at once",
        "closed_group",
        [
            placed("outsider"),
            "insert into membership (organisation_id, id, group_id, person_id, alias, placement_id, generation, joined_at)"
            " select organisation_id, id, group_id, person_id, 'Bulk ' || id, id, 1, now() from placement"
            " where group_id = '{group}'",
        ],
    ),
    Way("by COPY", "0A000", ["copy membership from stdin"]),
    Way(
        "by MERGE",
        "closed_group",
        [
            placed("outsider"),
            "merge into membership m using placement p on m.placement_id = p.id when not matched then insert"
            " (organisation_id, id, group_id, person_id, alias, placement_id, generation, joined_at)"
            " values (p.organisation_id, p.id, p.group_id, p.person_id, 'Merged ' || p.id, p.id, 1, now())",
        ],
    ),
    Way(
        "by ON CONFLICT",
        DENIED,
        [
            placed("outsider"),
            VIA_PLACEMENT + " on conflict (organisation_id, id) do update set person_id = excluded.person_id",
        ],
    ),
    Way(
        "in a block that swallows",
        "closed_group",
        [placed("outsider"), "do $do$ begin " + VIA_PLACEMENT + "; end $do$"],
    ),
    Way(
        "with another organisation in mid-statement",
        "accepted_placement",
        [
            placed("outsider"),
            "insert into membership (organisation_id, id, group_id, person_id, alias, placement_id, generation, joined_at)"
            " select organisation_id, '{new}', group_id, person_id, set_config('app.organisation', '{made_up}', true), id, 1, now()"
            " from placement where id = '{new2}'",
        ],
    ),
    Way(
        "after all constraints are put off",
        "fk_membership_adopted_ballot",
        ["set constraints all deferred", by("ballot_offered", "outsider")],
    ),
)
REOPENING = (
    Way(
        "the first meeting moved on",
        "begun_meeting",
        ["update meeting set starts_at = now() + interval '1 day' where id = '{meeting}'"],
    ),
    Way(
        "the first meeting moved back",
        "begun_meeting",
        ["update meeting set starts_at = now() - interval '99 days' where id = '{meeting}'"],
    ),
    Way(
        "the first meeting cancelled",
        "begun_meeting",
        ["update meeting set cancelled_at = now() where id = '{meeting}'"],
    ),
    Way(
        "the first meeting cancelled in time, as it says",
        "begun_meeting",
        ["update meeting set cancelled_at = now() - interval '60 days' where id = '{meeting}'"],
    ),
    Way("the first meeting deleted", DENIED, ["delete from meeting where id = '{meeting}'"]),
    Way(
        "the first meeting given away",
        DENIED,
        ["update meeting set group_id = '{other_group}' where id = '{meeting}'"],
    ),
    Way(
        "the first meeting not held",
        "closed_group",
        ["update meeting set not_held_at = now() where id = '{meeting}'", placed("outsider"), VIA_PLACEMENT],
    ),
    Way("a new first meeting", "closed_group", [_NEW_MEETING, placed("outsider"), VIA_PLACEMENT]),
    Way(
        "a new cancelled one",
        "closed_group",
        [_NEW_MEETING.replace("null)", "now())"), placed("outsider"), VIA_PLACEMENT],
    ),
    Way("the group deleted", DENIED, ["delete from self_help_group where id = '{group}'"]),
    Way("the group made anew", DENIED, ["update self_help_group set id = '{new}' where id = '{group}'"]),
    Way(
        "a generation of one's own",
        "generation_by_entry",
        [
            "insert into generation (organisation_id, group_id, number, formed_at) values ('{org}', '{group}', 9, now())"
        ],
    ),
    Way(
        "a generation by a ballot that was not adopted",
        "generation_by_entry",
        [
            "insert into generation (organisation_id, group_id, number, formed_at, ballot_id) values ('{org}', '{group}', 9, now(), '{ballot_refused}')"
        ],
    ),
    Way(
        "a generation by the opening ballot",
        "generation_by_entry",
        [
            "insert into generation (organisation_id, group_id, number, formed_at, ballot_id) values ('{org}', '{group}', 9, now(), '{ballot_opening}')"
        ],
    ),
    Way(
        "another generation number",
        "next_generation",
        ["update self_help_group set generation = 9 where id = '{group}'"],
    ),
    Way(
        "back to the first generation",
        "next_generation",
        ["update self_help_group set generation = 1 where id = '{group}'"],
    ),
)
POWERS = tuple(
    Way(name, fails, [statement])
    for name, fails, statement in (
        ("triggers off", DENIED, "alter table membership disable trigger all"),
        ("one trigger off", DENIED, "drop trigger closed_group on membership"),
        ("triggers off as a replica", DENIED, "set session_replication_role = replica"),
        (
            "another trigger function",
            DENIED,
            "create or replace function refuse_false_entry() returns trigger language plpgsql as $$ begin return new; end $$",
        ),
        ("no foreign key", DENIED, "alter table membership drop constraint fk_membership_adopted_ballot"),
        ("no row security on the table", DENIED, "alter table membership disable row level security"),
        ("row security not forced", DENIED, "alter table membership no force row level security"),
        ("row security off for oneself", DENIED, "set row_security = off; select * from membership"),
        ("a policy of one's own", DENIED, "create policy mine on membership using (true)"),
        ("becoming the one who counts", DENIED, "set role verksted_tally"),
        ("becoming it by the session", DENIED, "set session authorization verksted_tally"),
        ("granting oneself the role", DENIED, "grant verksted_tally to verksted_app"),
        ("more powers", DENIED, "alter role verksted_app bypassrls"),
        ("a table of one's own", DENIED, "create table public.mine (id int)"),
        ("a temporary table that shadows", DENIED, "create temporary table meeting (id int)"),
        ("a schema of one's own", DENIED, "create schema mine"),
        (
            "a function of one's own",
            DENIED,
            "create function public.clock_timestamp() returns int language sql return 1",
        ),
        ("a program of the server", DENIED, "copy membership to program 'true'"),
        ("a file of the server", DENIED, "copy membership from '/etc/hostname'"),
        ("reading the server's files", DENIED, "select pg_read_file('PG_VERSION')"),
        ("another migration level", DENIED, "update alembic_version set version_num = '0001'"),
    )
)
