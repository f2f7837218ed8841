import { connect, type Verksted } from "@verksted/client";
import { language } from "./words.js";

// Who is here lives in this page's memory and nowhere else: a reload, a closed tab, or five minutes out of sight end it.
let token: string | undefined;

export const isIn = (): boolean => token !== undefined;
export const enter = (given: string): void => void (token = given);
export const leave = (): void => void (token = undefined);

/** The public API, as whoever is here. */
export const api: Verksted = connect({
  baseUrl: location.origin,
  token: () => token,
  language,
  patience: { attempts: 3, longestWait: 8_000 },
});

/** Somebody made up, of the development server. */
export interface DemoPerson {
  readonly slug: string;
  readonly name: string;
  readonly role: string;
}

async function dev<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(`/dev/${path}`, { cache: "no-store", credentials: "omit", ...init });
  if (!response.ok) throw new Error(`/dev/${path} answered ${response.status}`);
  return (await response.json()) as T;
}

/** Whom one may be here. */
export const people = async (): Promise<DemoPerson[]> => (await dev<{ people: DemoPerson[] }>("people")).people;

/** A token of the development server's own issuer. */
export async function tokenOf(person: string): Promise<string> {
  const headers = { "Content-Type": "application/json" };
  return (await dev<{ token: string }>("token", { method: "POST", headers, body: JSON.stringify({ person }) })).token;
}
