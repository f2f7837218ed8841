import createClient, { type Client, type MaybeOptionalInit } from "openapi-fetch";
import type { PathsWithMethod, RequiredKeysOf, SuccessResponse } from "openapi-typescript-helpers";
import type { paths } from "./generated/schema.js";
import { refusalIn } from "./refused.js";
import { PATIENCE, retrying, WORLD, type Patience, type World } from "./retrying.js";

/** A language of texts for people. */
export type Language = "nb" | "nn" | "da" | "en";

/** Whom to talk to, and as whom. */
export interface Options {
  /** The service's address, without a path. */
  readonly baseUrl: string;
  /** A bearer token, or how to get the one of this moment; without one only what is public is open. */
  readonly token?: string | (() => string | undefined);
  /** The language of texts for people, asked for at each request. Default: nb. */
  readonly language?: Language | (() => Language);
  readonly patience?: Partial<Patience>;
  /** For tests. */
  readonly world?: Partial<World>;
}

type Verb = "get" | "put" | "post" | "delete";
type Init<P extends keyof paths, V extends Verb> = MaybeOptionalInit<paths[P], V>;
/** The body of what goes well; nothing where there is none (204). */
type Body<T> = T extends { responses: infer R extends Record<string | number, unknown> }
  ? Exclude<SuccessResponse<R>, undefined>
  : never;
type Answer<T> = [Body<T>] extends [never] ? undefined : Body<T>;
type Given<I> = RequiredKeysOf<I> extends never ? [init?: I] : [init: I];
type Call<V extends Verb> = <P extends PathsWithMethod<paths, V>>(
  path: P,
  ...init: Given<Init<P, V>>
) => Promise<Answer<paths[P][V]>>;

/** What a POST that honours no `Idempotency-Key` has to say, so that nobody takes it for one that can be repeated. */
export interface Once {
  /** Sent once: if the connection breaks, nobody knows, and nobody repeats it unasked. */
  readonly once: true;
}
type Keyed<P extends keyof paths> = paths[P]["post"] extends { parameters: { header?: infer H } }
  ? "Idempotency-Key" extends keyof NonNullable<H>
    ? unknown
    : Once
  : Once;
type Post = <P extends PathsWithMethod<paths, "post">>(
  path: P,
  ...init: Given<Init<P, "post"> & Keyed<P>>
) => Promise<Answer<paths[P]["post"]>>;

interface Sent {
  readonly once?: boolean;
  readonly headers?: object;
}

/** The API, typed by address: `api.put("/v1/ballots/{ballot_id}/my-vote", { params: …, body: … })`. */
export interface Verksted {
  readonly get: Call<"get">;
  readonly put: Call<"put">;
  readonly post: Post;
  readonly delete: Call<"delete">;
  /**
   * The same with the whole response, for `ETag` and other headers: openapi-fetch's own client, with our retries. It gives a
   * POST no key by itself.
   */
  readonly rest: Client<paths>;
}

/** A key for one thing that somebody wants done. The same key for the same wish: then it is done once. */
export function newKey(): string {
  return crypto.randomUUID();
}

/**
 * Talk to a Verksted server. Every call gives the answer's body, or throws `Refused` (the service said no, and why) or
 * `Unreachable` (nobody knows). Each POST carries an `Idempotency-Key`, the given one or a new one, but for those few that
 * honour none: they want `once: true`, or they don't compile.
 */
export function connect(options: Options): Verksted {
  const rest = createClient<paths>({
    baseUrl: options.baseUrl,
    fetch: retrying({ ...PATIENCE, ...options.patience }, { ...WORLD, ...options.world }),
    cache: "no-store",
    credentials: "omit",
    bodySerializer: (body: unknown) => (typeof body === "string" ? body : JSON.stringify(body)), // lines of JSON are text
  });
  rest.use({
    onRequest({ request }) {
      const token = typeof options.token === "function" ? options.token() : options.token;
      const language = typeof options.language === "function" ? options.language() : options.language;
      if (token !== undefined) request.headers.set("Authorization", `Bearer ${token}`);
      if (language !== undefined && !request.headers.has("Accept-Language"))
        request.headers.set("Accept-Language", language);
      return request;
    },
    async onResponse({ response }) {
      if (!response.ok && response.status !== 304) throw await refusalIn(response);
      if (response.body === null || /^application\/([\w.-]+\+)?json\b/.test(response.headers.get("Content-Type") ?? ""))
        return undefined;
      return new Response(JSON.stringify(await response.text()), response); // a calendar or lines of JSON: as text
    },
  });
  const call = (verb: "GET" | "PUT" | "POST" | "DELETE") => async (path: string, init?: Sent) => {
    const ask = rest[verb] as (path: string, init?: object) => Promise<{ data?: unknown }>;
    if (verb !== "POST" || init?.once === true) return (await ask(path, init)).data;
    const headers = { "Idempotency-Key": newKey(), ...init?.headers }; // a key in `params.header` takes its place
    return (await ask(path, { ...init, headers })).data;
  };
  return {
    get: call("GET") as Verksted["get"],
    put: call("PUT") as Verksted["put"],
    post: call("POST") as Verksted["post"],
    delete: call("DELETE") as Verksted["delete"],
    rest,
  };
}

/** All entries of a list with pages, asked for as they are needed. */
export async function* each<T>(
  ask: (cursor: string | null) => Promise<{ items: T[]; next_cursor: string | null }>,
): AsyncGenerator<T, void, void> {
  let cursor: string | null = null;
  do {
    const page: { items: T[]; next_cursor: string | null } = await ask(cursor);
    yield* page.items;
    cursor = page.next_cursor;
  } while (cursor !== null);
}
