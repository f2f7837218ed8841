import { newKey, Refused, Unreachable } from "@verksted/client";
import { h } from "./dom.js";
import { leave } from "./session.js";
import { words } from "./words.js";

/** Spoken by a screen reader, politely, and seen for a while at the lower edge. */
const status = h("p", { role: "status", class: "said" });
let quiet: ReturnType<typeof setTimeout> | undefined;

export const statusLine = (): HTMLElement => status;

export function say(text: string, seconds = 8): void {
  clearTimeout(quiet);
  status.textContent = text;
  quiet = setTimeout(() => (status.textContent = ""), seconds * 1000);
}

/** Say this unless something is being said. */
export const sayIfQuiet = (text: string): void => void (status.textContent === "" && say(text, 30));

/** Say this no longer. */
export const hush = (text: string): void => void (status.textContent === text && say(""));

interface Told {
  readonly title: string;
  readonly detail: string;
  readonly next: string;
  readonly again: boolean;
}

/** What went wrong, in words for people: the service's own where it has said no, ours where it hasn't said anything. */
function told(error: unknown): Told {
  const own = words();
  if (error instanceof Refused) return { title: error.title, detail: error.detail, next: error.next, again: error.status >= 429 };
  if (error instanceof Unreachable || error instanceof TypeError)
    return { title: own.noAnswer, detail: own.noAnswerDetail, next: own.noAnswerNext, again: true };
  console.error(error);
  return { title: own.somethingElse, detail: own.somethingElseDetail, next: "", again: true };
}

/** A box that says why not, spoken at once; with a button to try again where that may help. */
export function trouble(error: unknown, again: () => void): HTMLElement {
  const { title, detail, next, again: helps } = told(error);
  return h(
    "div",
    { class: "trouble", role: "alert" },
    h("p", { class: "trouble-title" }, title),
    h("p", {}, detail),
    next && h("p", {}, next),
    helps && h("button", { type: "button", class: "second", onclick: again }, words().tryAgain),
  );
}

let signedOut: () => void = () => undefined;
/** Where to go when a sign-in has run out. */
export const whenSignedOut = (go: () => void): void => void (signedOut = go);

/**
 * Do something that somebody has asked for by this button; what goes wrong is told in `place`.
 *
 * `work` is handed a key: pressing “Try again” is the same wish with the same key, so it is never done twice.
 */
export function doing(button: HTMLButtonElement, place: HTMLElement, work: (key: string) => Promise<void>): void {
  if (button.getAttribute("aria-disabled") === "true") return;
  const key = newKey();
  const attempt = async (): Promise<void> => {
    button.setAttribute("aria-disabled", "true"); // not `disabled`: that would lose the focus
    place.replaceChildren();
    say(words().working, 30);
    try {
      await work(key);
    } catch (error) {
      say("");
      if (error instanceof Refused && error.status === 401) {
        leave();
        signedOut();
        say(`${error.title}. ${error.detail}`, 20);
        return;
      }
      place.replaceChildren(trouble(error, () => void attempt()));
      mark(place.closest("form"), error);
    } finally {
      button.removeAttribute("aria-disabled");
    }
  };
  void attempt();
}

/** Point at the fields that the service points at. */
function mark(form: HTMLFormElement | null, error: unknown): void {
  if (form === null) return;
  const faults = error instanceof Refused ? error.errors.map(({ pointer }) => pointer.split("/").at(-1)) : [];
  for (const input of form.querySelectorAll("input")) {
    if (faults.includes(input.name)) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }
  form.querySelector<HTMLElement>("[aria-invalid]")?.focus();
}
