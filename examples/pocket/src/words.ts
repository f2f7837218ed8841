import type { Language, Question } from "@verksted/client";
import da from "./words/da.json";
import en from "./words/en.json";
import nb from "./words/nb.json";
import nn from "./words/nn.json";

export type Words = typeof nb;
const ALL: Record<Language, Words> = { nb, nn, da, en };
// Chromium has no data for nynorsk, and would take the device's own language, in its clock, too: bokmål stands nearer, but for the days.
const LOCALES: Record<Language, string[]> = { nb: ["nb-NO"], nn: ["nn-NO", "nb-NO"], da: ["da-DK"], en: ["en-GB"] };

/** The languages, each by its own name. */
export const LANGUAGES: readonly [Language, string][] = [
  ["nb", "Norsk bokmål"],
  ["nn", "Norsk nynorsk"],
  ["da", "Dansk"],
  ["en", "English"],
];

let chosen: Language = preferred();

/** The first language of this device that is one of ours. */
function preferred(): Language {
  for (const tag of navigator.languages) {
    const code = tag.toLowerCase().split("-")[0] === "no" ? "nb" : tag.toLowerCase().split("-")[0];
    const found = LANGUAGES.find(([each]) => each === code);
    if (found !== undefined) return found[0];
  }
  return "nb";
}

export const language = (): Language => chosen;

/** From now on in this language; the title says as little as it can, as others may see it on a shared device. */
export function speak(wanted: Language): void {
  chosen = wanted;
  document.documentElement.lang = wanted;
  document.title = words().app;
}

export const words = (): Words => ALL[chosen];

/** A sentence with what belongs into it: `fill(words().until, { when })`. */
export const fill = (text: string, values: Record<string, string>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");

// What a browser without nynorsk writes in bokmål, in nynorsk; nobody's months differ.
const ownDay = (written: string): string => (words().weekdays as Record<string, string>)[written] ?? written;

const format = (options: Intl.DateTimeFormatOptions, instant: string, zone?: string): string =>
  new Intl.DateTimeFormat(LOCALES[chosen], { ...options, timeZone: zone })
    .formatToParts(new Date(instant))
    .map(({ type, value }) => (type === "weekday" ? ownDay(value) : value))
    .join("");

const DAY: Intl.DateTimeFormatOptions = { weekday: "long", day: "numeric", month: "long" };
const CLOCK: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit" };

// By this device's clock, or by that of a zone.
export const day = (instant: string, zone?: string): string => format({ day: "numeric" }, instant, zone);
export const month = (instant: string, zone?: string): string => format({ month: "short" }, instant, zone).replace(".", "");
export const time = (instant: string, zone?: string): string => format(CLOCK, instant, zone);
export const longDay = (instant: string, zone?: string): string => format(DAY, instant, zone);
export const shortWhen = (instant: string): string =>
  format({ weekday: "short", day: "numeric", month: "short", ...CLOCK }, instant);

/** With its year: for what may be far off. */
export const dayOfYear = (instant: string, zone?: string): string => format({ ...DAY, year: "numeric" }, instant, zone);

/** The zone's name where this device's clock shows another hour just then, or the zone isn't known; else it needn't be said. */
export function zoneName(instant: string, zone?: string): string | null {
  const all: Intl.DateTimeFormatOptions = { dateStyle: "short", timeStyle: "short" };
  const by = (each?: string): string => new Intl.DateTimeFormat("en", { ...all, timeZone: each }).format(new Date(instant));
  if (zone !== undefined && by(zone) === by()) return null;
  const named = new Intl.DateTimeFormat(LOCALES[chosen], { timeZone: zone, timeZoneName: "longGeneric" });
  return named.formatToParts(new Date(instant)).find(({ type }) => type === "timeZoneName")?.value ?? null;
}

/** What is asked, in words; also where the service knows a question that this version doesn't. */
export const questionOf = (question: Question): string => words().question[question] ?? words().questionUnknown;

/** The name of a language in the language that is spoken here. */
export const languageName = (tag: string): string =>
  new Intl.DisplayNames(LOCALES[chosen], { type: "language" }).of(tag) ?? tag;
