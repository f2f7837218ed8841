import { Refused, type Language } from "@verksted/client";
import { hush, say, sayIfQuiet, statusLine, trouble } from "./doing.js";
import { h, pageHeading } from "./dom.js";
import { isIn, leave } from "./session.js";
import { language, LANGUAGES, speak, words } from "./words.js";

/** What stands in the middle: asked for each time anew, so that it is never older than the look. */
export type View = () => Promise<(Node | string)[]> | (Node | string)[];

const main = h("main", { id: "main", tabindex: "-1" });
const bar = h("header", { class: "bar" });
const foot = h("footer", { class: "foot" });
const offline = h("p", { class: "offline", role: "status" });

let first: View = () => [];
let home: View = () => [];
let current: View = () => [];
let turn = 0;

/** Put up the stage, once. */
export function begin(signIn: View, homeView: View): void {
  first = signIn;
  home = homeView;
  const skip = h("a", { class: "skip", href: "#main" }, words().skip);
  document.body.replaceChildren(skip, bar, offline, main, foot, statusLine());
  addEventListener("popstate", () => void show(isIn() ? home : first));
  addEventListener("offline", () => (offline.textContent = words().offline));
  addEventListener("online", () => {
    offline.textContent = "";
    say(words().online);
  });
  addEventListener("pagehide", goOut); // nothing is left in the browser's memory of past pages
  let hidden: ReturnType<typeof setTimeout> | undefined;
  document.addEventListener("visibilitychange", () => {
    clearTimeout(hidden);
    if (document.hidden && isIn()) hidden = setTimeout(() => void goOut(), 5 * 60_000);
  });
  history.replaceState(null, "", location.pathname); // what led here stays in no history
  void show(first);
}

/** Show a view; its heading takes the focus. */
export async function show(view: View, focus = true): Promise<void> {
  current = view;
  turn += 1;
  const mine = turn;
  furnish();
  main.setAttribute("aria-busy", "true");
  const slow = setTimeout(sayIfQuiet, 600, words().working);
  let made: (Node | string)[];
  try {
    made = await view();
  } catch (error) {
    if (error instanceof Refused && error.status === 401) leave();
    made = [pageHeading(words().app), trouble(error, () => void show(isIn() ? view : first))];
  }
  clearTimeout(slow);
  hush(words().working);
  if (mine !== turn) return; // somebody has gone elsewhere meanwhile
  furnish();
  main.replaceChildren(...made);
  main.removeAttribute("aria-busy");
  if (!focus) return;
  scrollTo(0, 0);
  main.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
}

/** A page beyond the home, from which the device's own “back” leads home. The address stays: it tells nothing. */
export function open(view: View): void {
  say("");
  history.pushState(null, "");
  void show(view);
}

/** Home again after something was done, with a word about it. */
export function homeWith(text: string): void {
  say(text);
  history.back();
}

/** The first page after signing in. */
export const goHome = (): Promise<void> => show(home);

/** Out, at once, and nothing of what was seen stays. */
export async function goOut(): Promise<void> {
  const was = isIn();
  leave();
  main.replaceChildren();
  if (!was) return;
  await show(first);
  say(document.hidden ? words().leftIdle : words().left);
}

function furnish(): void {
  const own = words();
  document.querySelector(".skip")!.textContent = own.skip;
  const out = h("button", { type: "button", class: "out", onclick: () => void goOut() }, own.leave);
  bar.replaceChildren(h("span", { class: "app" }, own.app), ...(isIn() ? [out] : []));
  if (foot.lang === language()) return;
  foot.lang = language();
  const options = LANGUAGES.map(([code, name]) =>
    h("option", { value: code, lang: code, selected: code === language() }, name),
  );
  const select = h("select", { id: "language", onchange: () => void change(select.value as Language) }, ...options);
  foot.replaceChildren(h("label", { for: "language" }, own.language), select);
}

async function change(wanted: Language): Promise<void> {
  speak(wanted);
  furnish();
  document.getElementById("language")?.focus();
  await show(current, false);
}

/** The way home, at the top of a page beyond it. */
export const backLink = (): HTMLElement =>
  h("button", { type: "button", class: "back", onclick: () => history.back() }, words().back);
