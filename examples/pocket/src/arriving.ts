import type { HomeView, MessageView } from "@verksted/client";
import { api } from "./session.js";
import { open, type View } from "./stage.js";
import { ballotView } from "./views/ballot.js";
import { declarationView } from "./views/declaration.js";
import { offerView } from "./views/offer.js";

// The message whose link has led here. It is followed once, by whoever signs in first, and leaves the address at once.
let message = new URLSearchParams(location.search).get("message");

/** To what the message is about, from the home. Where that is over, or the message isn't theirs, the home is enough. */
export async function arrive(): Promise<void> {
  const id = message;
  message = null;
  if (id === null) return;
  try {
    const about = await api.get("/v1/messages/{message_id}", { params: { path: { message_id: id } } });
    const { home } = await api.get("/v1/me");
    if (home === null) return;
    const view = viewOf(about, home);
    if (view !== null) open(view);
    else document.querySelector<HTMLElement>(`[data-about="${about.subject_id}"]`)?.focus();
  } catch {
    // the home stands, and says what waits
  }
}

/** The page of its own that the thing has, if it waits still. */
function viewOf({ kind, subject_id: subject }: MessageView, home: HomeView): View | null {
  const ballot = home.ballots.find(({ id }) => kind === "ballot_open" && id === subject);
  if (ballot !== undefined) return ballotView(ballot.id);
  const offer = home.offers.find((each) => kind === "offer" && [each.application_id, each.placement_id].includes(subject));
  if (offer !== undefined) return offerView(offer);
  const due = home.declarations_due.find(
    (each) => kind === "declaration_due" && [each.group_id, each.organisation_id].includes(subject),
  );
  return due === undefined ? null : declarationView(due);
}
