import { Unreachable } from "./refused.js";

/** How often, and how long. Times are milliseconds. */
export interface Patience {
  /** How often a request is sent at most, the first time included. */
  readonly attempts: number;
  /** The first wait is at most this long; each further one twice as long, by chance between nothing and all of it. */
  readonly firstWait: number;
  /** Nobody is kept waiting longer than this, not for `Retry-After` either: then the answer is handed on as it is. */
  readonly longestWait: number;
  /** After so long an attempt is given up. The service itself answers within ten seconds. */
  readonly timeout: number;
}

/** What the world gives; tests give another one. */
export interface World {
  fetch(request: Request): Promise<Response>;
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** From 0 to below 1. */
  chance(): number;
  /** Milliseconds since 1970. */
  now(): number;
}

export const PATIENCE: Patience = { attempts: 4, firstWait: 400, longestWait: 20_000, timeout: 15_000 };

/**
 * A `fetch` that repeats what may be repeated, as it was sent: with the same body and the same `Idempotency-Key`.
 *
 * After a broken connection and 502, 503, 504: every method but a POST without a key, since nobody knows whether that
 * was carried out. After 429, which was refused before anything was done, every method. After 409 with `Retry-After`:
 * the first attempt is still under way.
 */
export function retrying(patience: Patience, world: World): (request: Request) => Promise<Response> {
  async function once(request: Request): Promise<Response> {
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(patience.timeout)]);
    const response = await world.fetch(new Request(request, { signal }));
    const body = await response.arrayBuffer(); // a connection can break here, too
    const { status, statusText, headers } = response;
    return new Response(body.byteLength > 0 ? body : null, { status, statusText, headers });
  }

  return async (request) => {
    const harmless = request.method !== "POST" || request.headers.has("Idempotency-Key");
    for (let attempt = 1; ; attempt += 1) {
      const isLast = attempt >= patience.attempts;
      let wait = patience.firstWait * 2 ** (attempt - 1) * world.chance();
      try {
        const response = await once(isLast ? request : request.clone());
        if (isLast || !passes(response, harmless)) return response;
        wait = Math.max(wait, toldToWait(response, world.now()));
        if (wait > patience.longestWait) return response;
      } catch (cause) {
        if (request.signal.aborted) throw request.signal.reason;
        if (isLast || !harmless) throw new Unreachable("The server could not be reached", cause);
      }
      await world.sleep(wait, request.signal);
    }
  };
}

/** Whether it is likely to be otherwise in a moment, and may be asked again. */
function passes(response: Response, harmless: boolean): boolean {
  if (response.status === 429) return true;
  if (response.status === 409) return harmless && response.headers.has("Retry-After");
  return harmless && [502, 503, 504].includes(response.status);
}

/** `Retry-After`: seconds or a date (RFC 9110), as milliseconds from now; nothing where it says nothing. */
function toldToWait(response: Response, now: number): number {
  const told = response.headers.get("Retry-After");
  if (told === null) return 0;
  const wait = /^\d+$/.test(told) ? Number(told) * 1000 : Date.parse(told) - now;
  return Number.isNaN(wait) ? 0 : Math.max(0, wait);
}

/** The real one. */
export const WORLD: World = {
  fetch: (request) => globalThis.fetch(request),
  chance: Math.random,
  now: Date.now,
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        reject(signal.reason);
      };
      const timer = setTimeout(() => {
        signal.removeEventListener("abort", stop);
        resolve();
      }, milliseconds);
      signal.addEventListener("abort", stop, { once: true });
      if (signal.aborted) stop();
    }),
};
