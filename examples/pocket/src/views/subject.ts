import { Refused, type BallotView, type GroundRulesView } from "@verksted/client";
import { facts, h } from "../dom.js";
import { api } from "../session.js";
import { dayOfYear, fill, time, words, zoneName } from "../words.js";
import { zoneOf } from "../zones.js";

/** What it says is said wholly, or nobody is asked about it. */
type Subject = HTMLElement[] | null;

/** What a ballot is about. Null where that isn't to be had, or is more than this version knows: then nobody can vote on it here. */
export async function subjectOf(ballot: BallotView): Promise<Subject> {
  try {
    return await shown(ballot);
  } catch (error) {
    if (error instanceof Refused && [403, 404, 410].includes(error.status)) return null;
    throw error;
  }
}

async function shown(ballot: BallotView): Promise<Subject> {
  switch (ballot.question) {
    case "open_for_new_people":
      return [h("p", { class: "lead" }, words().openDetail)];
    case "admission":
      return ballot.application_id === null ? null : await applicant(ballot.application_id);
    case "end_date":
      return ballot.ends_at === null ? null : await endDate(ballot.group_id, ballot.ends_at);
    case "ground_rules":
      return ballot.ground_rules_id === null ? null : await groundRules(ballot.ground_rules_id);
    case "exclusion":
      return ballot.member_id === null ? null : await member(ballot.group_id, ballot.member_id);
    case "longer_stay":
      return ballot.assignment_id === null ? null : await longerStay(ballot, ballot.assignment_id);
    default:
      return null;
  }
}

async function applicant(id: string): Promise<Subject> {
  const { alias, introduction } = await api.get("/v1/applications/{application_id}", { params: { path: { application_id: id } } });
  const own = words();
  return [
    h(
      "section",
      { class: "card" },
      h("h2", { class: "small" }, fill(own.applicant, { alias })),
      introduction !== null && h("blockquote", { "aria-label": own.inOwnWords }, introduction),
    ),
  ];
}

const groupOf = (id: string) => api.get("/v1/groups/{group_id}", { params: { path: { group_id: id } } });

async function endDate(group: string, end: string): Promise<Subject> {
  const zone = await zoneOf((await groupOf(group)).organisation_id);
  const named = zoneName(end, zone);
  return [facts([words().proposedEnd, `${dayOfYear(end, zone)}, ${time(end, zone)}${named === null ? "" : ` (${named})`}`])];
}

async function member(group: string, id: string): Promise<Subject> {
  const found = (await groupOf(group)).members?.find((each) => each.id === id);
  if (found === undefined) return null;
  return [h("section", { class: "card" }, h("h2", { class: "small" }, fill(words().aboutMember, { alias: found.alias })))];
}

async function groundRules(id: string): Promise<Subject> {
  const rules = await api.get("/v1/ground-rules/{ground_rules_id}", { params: { path: { ground_rules_id: id } } });
  const { rules: term, channel, decisionRule } = words();
  const known = (texts: Record<string, string>, code: string): string | undefined => texts[code];
  const decides = known(decisionRule, rules.decision_rule ?? "organisation");
  const says = rules.absence_channel === null ? null : known(channel, rules.absence_channel);
  if (decides === undefined || says === undefined) return null;
  const list = facts(
    [term.rhythm, rules.rhythm],
    [term.absence_channel, says],
    [term.absence_hours, hours(rules)],
    [term.refreshments, rules.refreshments],
    [term.breaks, rules.breaks],
    [term.decision_rule, decides],
  );
  if (rules.points.length > 0) {
    const points = h("ul", { class: "points" }, ...rules.points.map((each) => h("li", {}, each)));
    list.append(h("div", {}, h("dt", {}, term.points), h("dd", {}, points)));
  }
  return [list];
}

const hours = ({ absence_hours: before }: GroundRulesView): string | null => (before === null ? null : String(before));

async function longerStay({ latest_date: day, max_meetings: most }: BallotView, id: string): Promise<Subject> {
  if (day === null && most === null) return null;
  const now = await api.get("/v1/starter-assignments/{assignment_id}", { params: { path: { assignment_id: id } } });
  const { stay } = words();
  return [
    facts(
      [stay.starter, now.name],
      [stay.now, now.exit_in_words],
      [stay.day, day === null ? null : dayOfYear(day, "UTC")], // a day of the calendar, and no instant
      [stay.meetings, most === null ? null : String(most)],
    ),
  ];
}
