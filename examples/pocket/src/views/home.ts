import type { HomeBallot, HomeGroup, HomeMeeting, HomeOffer, HomeView, HomeWebhook } from "@verksted/client";
import { doing, say } from "../doing.js";
import { h, newId, pageHeading } from "../dom.js";
import { api } from "../session.js";
import { open, show, type View } from "../stage.js";
import { day, fill, longDay, month, questionOf, shortWhen, time, words, zoneName } from "../words.js";
import { zonesOf } from "../zones.js";
import { ballotView } from "./ballot.js";
import { calendarView } from "./calendar.js";
import { declarationView } from "./declaration.js";
import { offerView } from "./offer.js";

/** Everything of one's own: what waits, when one meets, and one's groups. */
export const homeView: View = async () => {
  const own = words();
  const me = await api.get("/v1/me");
  const home = me.home;
  if (home === null) return [pageHeading(own.app)];
  const zones = await zonesOf(home.groups.filter(({ id }) => home.meetings.some((each) => each.group_id === id)));
  const today = longDay(new Date().toISOString());
  return [
    pageHeading(today.charAt(0).toUpperCase() + today.slice(1)),
    section(own.waiting, waiting(home), own.nothingWaits),
    section(own.meetings, home.meetings.map((each) => meetingCard(each, home, zones.get(each.group_id))), own.noMeetings),
    ...(home.applications.length > 0
      ? [section(own.applications, home.applications.map(({ message }) => h("li", { class: "card" }, h("p", {}, message))), "")]
      : []),
    section(own.groups, home.groups.map(groupCard), own.noGroups),
    h("p", {}, h("button", { type: "button", class: "wide", onclick: () => open(calendarView) }, own.calendar)),
    h("p", { class: "quiet" }, fill(own.signedInAs, { name: me.chosen_name })),
  ];
};

function section(title: string, entries: HTMLElement[], otherwise: string): HTMLElement {
  const id = newId();
  const body = entries.length > 0 ? h("ul", { class: "cards" }, ...entries) : h("p", { class: "quiet" }, otherwise);
  return h("section", { "aria-labelledby": id }, h("h2", { id }, title), body);
}

/** What asks for an answer: each a button that leads to it. */
function waiting(home: HomeView): HTMLElement[] {
  const own = words();
  const task = (title: string, detail: string | null, view: View, done = false): HTMLElement =>
    h(
      "li",
      {},
      h(
        "button",
        { type: "button", class: done ? "task done" : "task", onclick: () => open(view) },
        h("span", { class: "task-title" }, title),
        detail && h("span", { class: "task-detail" }, detail),
      ),
    );
  const until = (instant: string | null): string | null => (instant === null ? null : fill(own.until, { when: shortWhen(instant) }));
  const offer = (each: HomeOffer): HTMLElement => task(own.offer, own.offerIn[each.kind], offerView(each));
  const ballot = (each: HomeBallot): HTMLElement =>
    task(questionOf(each.question), each.has_voted ? own.voted : until(each.closes_at), ballotView(each.id), each.has_voted);
  const declaration = (each: HomeView["declarations_due"][number]): HTMLElement =>
    task(
      own.declare,
      each.needed_by === null ? nameOf(home, each.group_id) : fill(own.declareUntil, { when: shortWhen(each.needed_by) }),
      declarationView(each),
    );
  return [
    ...home.webhooks.map(webhookCard),
    ...home.offers.map(offer),
    ...home.declarations_due.map(declaration),
    ...home.ballots.filter((each) => !each.has_voted).map(ballot),
    ...home.ballots.filter((each) => each.has_voted).map(ballot),
  ];
}

/** A webhook to look after: what can be done stands in the guide, which needs no signing in. */
function webhookCard({ id, purpose, failing_since: since, disabled_because: why }: HomeWebhook): HTMLElement {
  const own = words().webhook;
  const told =
    why === "gone" || since === null ? own.gone : why === null ? fill(own.failing, { when: shortWhen(since) }) : own.disabled;
  return h(
    "li",
    {},
    h(
      "a",
      { class: "task", href: "/docs/guides/webhooks", hreflang: "en", target: "_blank", rel: "noopener", "data-about": id },
      h("span", { class: "task-title" }, own.title),
      h("span", { class: "task-detail" }, purpose),
      h("span", { class: "task-detail" }, told),
      h("span", { class: "task-detail" }, own.guide),
    ),
  );
}

/** Which group is meant, where there are several. */
function nameOf(home: HomeView, group: string | null): string | null {
  if (home.groups.length < 2) return null;
  const found = home.groups.find(({ id }) => id === group);
  return found === undefined ? null : titleOf(found);
}

const titleOf = (group: HomeGroup): string => group.theme ?? words().group;

/** By the group's own clock; its zone is named where the device's shows another hour. */
function meetingCard(meeting: HomeMeeting, home: HomeView, zone: string | undefined): HTMLElement {
  const own = words();
  const problems = h("div");
  const when = longDay(meeting.starts_at, zone);
  const named = zoneName(meeting.starts_at, zone);
  const hours = `${time(meeting.starts_at, zone)}–${time(meeting.ends_at, zone)}`;
  const absent = meeting.my_absence;
  const path = { meeting_id: meeting.id };
  const button = h(
    "button",
    {
      type: "button",
      class: "second",
      "aria-label": fill(absent ? own.comeAfterAllTo : own.cantComeTo, { when }),
      "data-about": meeting.id,
      onclick: () =>
        doing(button, problems, async () => {
          if (absent) await api.delete("/v1/meetings/{meeting_id}/my-absence", { params: { path } });
          const noted = absent ? null : await api.put("/v1/meetings/{meeting_id}/my-absence", { params: { path } });
          say([absent ? own.absenceTaken : own.absenceSaid, noted?.agreed?.in_words].filter(Boolean).join(" "));
          await show(homeView, false);
          document.querySelector<HTMLElement>(`[data-about="${meeting.id}"]`)?.focus();
        }),
    },
    absent ? own.comeAfterAll : own.cantCome,
  );
  const group = nameOf(home, meeting.group_id);
  return h(
    "li",
    { class: `card meeting${absent ? " absent" : ""}` },
    h("div", { class: "date", "aria-hidden": "true" }, h("span", { class: "date-day" }, day(meeting.starts_at, zone)), h("span", {}, month(meeting.starts_at, zone))),
    h(
      "div",
      { class: "meeting-text" },
      h("p", { class: "when" }, h("time", { datetime: meeting.starts_at }, `${when}, ${hours}`), named && ` (${named})`),
      h("p", {}, meeting.place ?? own.placeHidden),
      (group !== null || meeting.is_first) && h("p", { class: "quiet" }, [group, meeting.is_first ? own.first : null].filter(Boolean).join(" · ")),
      absent && h("p", { class: "mark" }, own.saidCantCome),
      button,
      problems,
    ),
  );
}

function groupCard(group: HomeGroup): HTMLElement {
  const own = words();
  return h(
    "li",
    { class: "card" },
    h("h3", {}, titleOf(group)),
    h("p", {}, fill(own.knownAs, { alias: group.my_alias })),
    h("p", { class: "quiet" }, group.phase === "meeting" ? own.form[group.form] : `${own.phase[group.phase]} · ${own.form[group.form]}`),
  );
}
