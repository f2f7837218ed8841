// A member's phone: what the home screen shows, and everything that waits there for an answer, done.
// node build/examples/phone.js http://127.0.0.1:8000   with TOKEN in the environment. It says what it does.
import { connect, Refused, Unreachable, type SignatureIn, type Verksted } from "@verksted/client";

const [url = "http://127.0.0.1:8000"] = process.argv.slice(2);
const api: Verksted = connect({ baseUrl: url, token: process.env["TOKEN"] ?? "", language: "en" });
const say = (line: string): void => console.log(line);

/** The declaration of confidentiality as it stands now, with a name under it. */
async function signature(typedName: string): Promise<SignatureIn> {
  const text = await api.get("/v1/declaration", { params: { query: { language: "en" } } });
  return { text_version: text.version, language: text.language, text_sha256: text.sha256, typed_name: typedName };
}

async function answerOffers(name: string): Promise<void> {
  const { home } = await api.get("/v1/me");
  for (const offer of home?.offers ?? []) {
    if (offer.placement_id !== null) {
      const params = { path: { placement_id: offer.placement_id } };
      await api.post("/v1/placements/{placement_id}/acceptance", { params, body: { alias: "Rowan" } });
    } else if (offer.application_id !== null) {
      const params = { path: { application_id: offer.application_id } };
      const body = { signature: await signature(name) };
      await api.post("/v1/applications/{application_id}/acceptance", { params, body });
    }
    say(`Accepted a place (${offer.kind}, ${offer.form}).`);
  }
}

async function live(): Promise<void> {
  const { chosen_name: name } = await api.get("/v1/me");
  say(`Signed in as ${name}.`);
  await answerOffers(name);
  const { home } = await api.get("/v1/me"); // what was accepted just now has its declaration here
  for (const { group_id } of home?.declarations_due ?? []) {
    if (group_id === null) continue;
    const body = { signature: await signature(name) };
    const signed = await api.post("/v1/groups/{group_id}/declarations", { params: { path: { group_id } }, body });
    say(`Signed the declaration, version ${signed.text_version}.`);
  }
  for (const meeting of home?.meetings ?? []) say(`Meeting at ${meeting.starts_at}, ${meeting.place ?? "place unknown"}.`);
  const [next] = home?.meetings ?? [];
  if (next !== undefined) {
    await api.put("/v1/meetings/{meeting_id}/my-absence", { params: { path: { meeting_id: next.id } } });
    say("Said that I can't come to the next one. Nobody asks why.");
  }
  for (const { id, question } of home?.ballots ?? []) {
    const params = { path: { ballot_id: id } };
    const ballot = await api.put("/v1/ballots/{ballot_id}/my-vote", { params, body: { choice: "for" } });
    say(`Voted in a ballot (${question}). ${ballot.rule_explained}`);
  }
}

await live().catch((error: unknown) => {
  if (error instanceof Refused) say(`Refused (${error.code}): ${error.title}. ${error.next}`);
  else if (error instanceof Unreachable) say(`No answer: ${error.message}. Try again.`);
  else throw error;
  process.exitCode = 1;
});
