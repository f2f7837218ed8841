import type { CalendarAddressView } from "@verksted/client";
import { doing, say } from "../doing.js";
import { h, newId, pageHeading } from "../dom.js";
import { api } from "../session.js";
import { backLink, homeWith, show, type View } from "../stage.js";
import { fill, longDay, words } from "../words.js";

/** Subscribe: a secret address, shown once. */
export const calendarView: View = async () => {
  const own = words();
  const { since } = await api.get("/v1/me/calendar");
  const problems = h("div");
  const make = h(
    "button",
    {
      type: "button",
      class: since === null ? "first" : "second",
      onclick: () =>
        doing(make, problems, async () => {
          const made = await api.post("/v1/me/calendar", { once: true });
          say("");
          await show(addressView(made));
        }),
    },
    since === null ? own.calendarMake : own.calendarAgain,
  );
  const remove = h(
    "button",
    {
      type: "button",
      class: "second",
      onclick: () =>
        doing(remove, problems, async () => {
          await api.delete("/v1/me/calendar");
          homeWith(own.calendarRemoved);
        }),
    },
    own.calendarRemove,
  );
  return [
    backLink(),
    pageHeading(own.calendar),
    h("p", { class: "lead" }, own.calendarDetail),
    h("p", {}, since === null ? own.calendarNone : fill(own.calendarSince, { when: longDay(since) })),
    problems,
    h("div", { class: "actions" }, make, since === null ? null : remove),
  ];
};

/** The address, this once. */
const addressView =
  (made: CalendarAddressView): View =>
  () => {
    const own = words();
    const id = newId();
    const address = h("textarea", { id, readonly: true, class: "secret", rows: "3", spellcheck: "false" }, made.url);
    const copy = h("button", { type: "button", class: "first", onclick: () => void copied(address) }, own.copy);
    return [
      backLink(),
      pageHeading(own.calendarOnce),
      h("div", { class: "note" }, h("p", {}, own.calendarSecret)),
      h("p", { class: "field" }, h("label", { for: id }, own.address)),
      address,
      h("p", {}, copy),
    ];
  };

async function copied(input: HTMLTextAreaElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(input.value);
    say(words().copied);
  } catch {
    input.focus();
    input.select();
    say(words().copyByHand);
  }
}
