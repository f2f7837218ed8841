import assert from "node:assert/strict";
import { test } from "node:test";
import { connect, each, Refused, Unreachable, type Options, type World } from "@verksted/client";

const TRIES = 4;
type Said = Response | Error;

/** A server that says these things in turn, and what was asked of it. */
function server(...said: Said[]): { asked: { method: string; key: string | null; body: string }[]; waits: number[]; world: World } {
  const asked: { method: string; key: string | null; body: string }[] = [];
  const waits: number[] = [];
  return {
    asked,
    waits,
    world: {
      async fetch(request) {
        asked.push({ method: request.method, key: request.headers.get("Idempotency-Key"), body: await request.text() });
        const next = said[asked.length - 1] ?? new Error("nothing left to say");
        if (next instanceof Error) throw next;
        return next;
      },
      sleep: async (milliseconds) => void waits.push(milliseconds),
      chance: () => 0.5,
      now: () => Date.parse("2026-11-30T08:00:00Z"),
    },
  };
}

const api = (world: World, more: Partial<Options> = {}) => connect({ baseUrl: "http://verksted.test", world, ...more });
const json = (body: unknown, status = 200): Response => Response.json(body, { status });
const busy = (status: number, retryAfter?: string): Response =>
  new Response(JSON.stringify({ code: "shared.busy", title: "Busy", detail: "d", next: "n", rules: ["A-01"], errors: [] }), {
    status,
    headers: { "Content-Type": "application/problem+json", ...(retryAfter ? { "Retry-After": retryAfter } : {}) },
  });
const broken = (): Error => new TypeError("fetch failed");
const vote = { params: { path: { ballot_id: "b" } }, body: { choice: "for" as const } };
const place = { params: { path: { placement_id: "p" } }, body: { alias: "Rowan" } };

test("after a broken connection the same POST is sent with the same key and the same body", async () => {
  const { asked, world } = server(broken(), broken(), json({ id: "g" }));
  await api(world).post("/v1/placements/{placement_id}/acceptance", place);
  assert.equal(asked.length, 3);
  assert.match(asked[0]!.key!, /^[0-9a-f-]{36}$/);
  assert.deepEqual(new Set(asked.map((each) => each.key + each.body)).size, 1);
});

test("two wishes have two keys; a given key is kept", async () => {
  const { asked, world } = server(json({}), json({}), json({}));
  const post = () => api(world).post("/v1/placements/{placement_id}/acceptance", place);
  await post();
  await post();
  const params = { ...place.params, header: { "Idempotency-Key": "mine" } };
  await api(world).post("/v1/placements/{placement_id}/acceptance", { ...place, params });
  assert.notEqual(asked[0]!.key, asked[1]!.key);
  assert.equal(asked[2]!.key, "mine");
});

test("a key that is given among the headers is kept, too", async () => {
  const { asked, world } = server(json({}));
  const headers = { "Idempotency-Key": "mine" };
  await api(world).post("/v1/placements/{placement_id}/acceptance", { ...place, headers });
  assert.equal(asked[0]!.key, "mine");
});

test("it says who asks and in which language, sends no cookies, and takes nothing from a cache", async () => {
  const sent: Request[] = [];
  const world = { ...server().world, fetch: async (request: Request) => (sent.push(request), json({})) };
  let token: string | undefined;
  const client = api(world, { token: () => token, language: () => "da" });
  await client.get("/v1/me");
  token = "t";
  await client.get("/v1/me");
  await client.get("/v1/me", { headers: { "Accept-Language": "nn" } });
  const said = (name: string): (string | null)[] => sent.map((each) => each.headers.get(name));
  assert.deepEqual(said("Authorization"), [null, "Bearer t", "Bearer t"]);
  assert.deepEqual(said("Accept-Language"), ["da", "da", "nn"]);
  assert.deepEqual(new Set(sent.map((each) => `${each.credentials} ${each.cache}`)), new Set(["omit no-store"]));
});

test("that nothing has changed is no refusal", async () => {
  const { world } = server(new Response(null, { status: 304 }));
  const { response } = await api(world).rest.GET("/v1/me", { headers: { "If-None-Match": '"1"' } });
  assert.equal(response.status, 304);
});

test("a vote carries no key, and is repeated all the same", async () => {
  const { asked, world } = server(broken(), json({ id: "b" }));
  await api(world).put("/v1/ballots/{ballot_id}/my-vote", vote);
  assert.deepEqual(asked.map((each) => each.key), [null, null]);
});

test("a POST that honours no key is sent once; refused for lack of room, it is sent again", async () => {
  const lost = server(broken(), json({}));
  await assert.rejects(api(lost.world).post("/v1/me/calendar", { once: true }), Unreachable);
  assert.equal(lost.asked.length, 1);
  assert.equal(lost.asked[0]!.key, null);
  const full = server(busy(429, "2"), json({ url: "u", since: "s" }));
  assert.equal((await api(full.world).post("/v1/me/calendar", { once: true })).url, "u");
  const unsure = server(busy(503, "2"), json({}));
  await assert.rejects(api(unsure.world).post("/v1/me/calendar", { once: true }), Refused);
});

test("what honours no key doesn't compile without saying so, and the other way round", () => {
  const never = (): unknown => [
    // @ts-expect-error: it could be taken for one that can be repeated
    api({} as World).post("/v1/me/calendar"),
    // @ts-expect-error: an address that isn't there
    api({} as World).get("/v1/nothing"),
    // @ts-expect-error: a choice that isn't there
    api({} as World).put("/v1/ballots/{ballot_id}/my-vote", { ...vote, body: { choice: "perhaps" } }),
  ];
  assert.equal(typeof never, "function");
});

test("Retry-After is kept to, in seconds and as a date; otherwise waits grow by chance", async () => {
  const { waits, world } = server(busy(429, "7"), busy(503, "Mon, 30 Nov 2026 08:00:09 GMT"), busy(503), json({}));
  await api(world).get("/v1/me");
  assert.deepEqual(waits, [7000, 9000, 800]);
});

test("what no gateway could pass on is asked again; a wait that says nothing is as long as ours", async () => {
  for (const status of [502, 503, 504]) {
    const { asked, waits, world } = server(busy(status, "soon"), json({}));
    await api(world).get("/v1/me");
    assert.deepEqual([asked.length, waits], [2, [200]]);
  }
});

test("an answer that breaks off half-way is no answer", async () => {
  const half = new ReadableStream({ pull: (told) => told.error(broken()) });
  const { asked, world } = server(new Response(half, { headers: { "Content-Type": "application/json" } }), json({ id: "me" }));
  assert.equal((await api(world).get("/v1/me")).id, "me");
  assert.equal(asked.length, 2);
});

test("whoever leaves while it waits is heard at once", async () => {
  const { asked, world } = server(busy(503), json({}));
  const { sleep: _, ...awake } = world; // the real waiting
  const leaving = new AbortController();
  const fetch = (request: Request) => (leaving.abort(new Error("left")), awake.fetch(request));
  await assert.rejects(api({ ...awake, fetch } as World).get("/v1/me", { signal: leaving.signal }), /left/);
  assert.equal(asked.length, 1);
});

test("nobody waits for minutes: the refusal is told instead", async () => {
  const { asked, world } = server(busy(429, "3600"));
  await assert.rejects(api(world).get("/v1/me"), { code: "shared.busy", status: undefined });
  assert.equal(asked.length, 1);
});

test("it gives up, and says what it knows", async () => {
  const dark = server(...Array.from({ length: TRIES + 1 }, broken));
  await assert.rejects(api(dark.world).get("/v1/me"), Unreachable);
  assert.equal(dark.asked.length, TRIES);
  const full = server(...Array.from({ length: TRIES + 1 }, () => busy(503, "1")));
  await assert.rejects(api(full.world).get("/v1/me"), Refused);
  assert.equal(full.asked.length, TRIES);
});

test("a first attempt that is still under way is waited for; another conflict is not", async () => {
  const running = server(busy(409, "1"), json({}));
  await api(running.world).post("/v1/placements/{placement_id}/acceptance", place);
  assert.equal(running.asked.length, 2);
  const taken = server(busy(409));
  await assert.rejects(api(taken.world).post("/v1/placements/{placement_id}/acceptance", place), Refused);
  const unkeyed = server(busy(409, "1"), json({}));
  await assert.rejects(api(unkeyed.world).post("/v1/me/calendar", { once: true }), Refused);
  assert.equal(unkeyed.asked.length, 1);
});

test("a refusal has code, rules, title, detail and next", async () => {
  const { world } = server(busy(403));
  const error: unknown = await api(world).get("/v1/me").catch((each: unknown) => each);
  assert.ok(error instanceof Refused);
  assert.deepEqual([error.code, error.rules, error.title, error.detail, error.next], ["shared.busy", ["A-01"], "Busy", "d", "n"]);
});

test("a page of a gateway is no refusal of the service", async () => {
  const { world } = server(...Array.from({ length: TRIES }, () => new Response("<html>", { status: 502 })));
  await assert.rejects(api(world).get("/v1/me"), Unreachable);
  const other = server(Response.json({ code: "their.own", title: "t", detail: "d", next: "n", rules: [], errors: [] }, { status: 403 }));
  await assert.rejects(api(other.world).get("/v1/me"), Unreachable);
});

test("whoever stops waiting is heard, and nothing is sent again", async () => {
  const { asked, world } = server(broken(), json({}));
  const stopped = AbortSignal.abort(new Error("left"));
  await assert.rejects(api(world).get("/v1/me", { signal: stopped }), /left/);
  assert.ok(asked.length <= 1);
});

test("lines of JSON go out and come back as they are", async () => {
  const { asked, world } = server(new Response('{"row":1}\n', { headers: { "Content-Type": "application/x-ndjson" } }));
  const lines = await api(world).put("/v1/organisations/{organisation_id}/course-imports/{import_id}", {
    params: { path: { organisation_id: "o", import_id: "i" } },
    headers: { "Content-Type": "application/x-ndjson" },
    body: '{"kind":"course"}\n',
  });
  assert.equal(lines, '{"row":1}\n');
  assert.equal(asked[0]!.body, '{"kind":"course"}\n');
});

test("each() walks through all pages", async () => {
  const seen: (string | null)[] = [];
  const all: number[] = [];
  const ask = async (cursor: string | null) => {
    seen.push(cursor);
    return cursor === null ? { items: [1, 2], next_cursor: "c" } : { items: [3], next_cursor: null };
  };
  for await (const item of each(ask)) all.push(item);
  assert.deepEqual([all, seen], [[1, 2, 3], [null, "c"]]);
});
