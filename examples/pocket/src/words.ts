import type { Language } from "@verksted/client";
import da from "./words/da.json";
import en from "./words/en.json";
import nb from "./words/nb.json";
import nn from "./words/nn.json";

export type Words = typeof nb;
const ALL: Record<Language, Words> = { nb, nn, da, en };
// Chromium has no data for nynorsk, and would take the device's own language, in its clock, too: bokmål stands nearer.
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

const format = (options: Intl.DateTimeFormatOptions, instant: string): string =>
  new Intl.DateTimeFormat(LOCALES[chosen], options).format(new Date(instant));

export const day = (instant: string): string => format({ day: "numeric" }, instant);
export const month = (instant: string): string => format({ month: "short" }, instant).replace(".", "");
export const time = (instant: string): string => format({ hour: "2-digit", minute: "2-digit" }, instant);
export const longDay = (instant: string): string => format({ weekday: "long", day: "numeric", month: "long" }, instant);
export const shortWhen = (instant: string): string =>
  format({ weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }, instant);

/** The name of a language in the language that is spoken here. */
export const languageName = (tag: string): string =>
  new Intl.DisplayNames(LOCALES[chosen], { type: "language" }).of(tag) ?? tag;
