import { Refused, type BallotView, type Choice } from "@verksted/client";
import { doing, say, trouble } from "../doing.js";
import { facts, h, newId, pageHeading } from "../dom.js";
import { api } from "../session.js";
import { backLink, homeWith, show, type View } from "../stage.js";
import { fill, questionOf, shortWhen, words } from "../words.js";
import { subjectOf } from "./subject.js";

const CHOICES: readonly Choice[] = ["for", "against", "abstain"];

/** After these the box is shut: what is shown of the ballot is asked for anew. */
const OVER = ["admission.ballot_closed", "admission.ballot_ended"];

/** A ballot, and an envelope for it while it takes one. What was chosen is forgotten here as soon as it is sent. */
export const ballotView =
  (id: string, refused?: Refused): View =>
  async () => {
    const own = words();
    const ballot = await api.get("/v1/ballots/{ballot_id}", { params: { path: { ballot_id: id } } });
    const subject = await subjectOf(ballot);
    const asked = ballot.status === "open" && ballot.my_vote.on_the_roll;
    return [
      backLink(),
      pageHeading(questionOf(ballot.question)),
      ...(refused === undefined ? [] : [trouble(refused, () => void show(ballotView(id)))]),
      ...(ballot.my_vote.has_voted ? [h("div", { class: "note" }, h("p", { class: "strong" }, own.voted), h("p", {}, own.votedDetail))] : []),
      ...(subject ?? []),
      facts(
        [own.howDecided, ballot.rule_explained],
        [own.vote, ballot.status === "open" ? fill(own.until, { when: shortWhen(ballot.closes_at) }) : null],
      ),
      // nobody is asked without being told about what
      ...(asked ? [subject === null ? h("p", { class: "note" }, own.subjectHidden) : form(ballot)] : []),
    ];
  };

function form(ballot: BallotView): HTMLElement {
  const own = words();
  const problems = h("div");
  const legend = newId();
  const option = (choice: Choice): HTMLElement =>
    h("label", { class: "option" }, h("input", { type: "radio", name: "choice", value: choice, required: true }), h("span", {}, own.choice[choice]));
  const button = h("button", { type: "submit", class: "first" }, own.cast);
  const made = h(
    "form",
    {
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        const choice = new FormData(made).get("choice") as Choice | null;
        if (choice === null) {
          problems.replaceChildren(h("p", { class: "trouble", role: "alert" }, own.choose));
          made.querySelector("input")?.focus();
          return;
        }
        doing(button, problems, async () => {
          const params = { path: { ballot_id: ballot.id } };
          try {
            await api.put("/v1/ballots/{ballot_id}/my-vote", { params, body: { choice } });
          } catch (error) {
            if (!(error instanceof Refused && OVER.includes(error.code))) throw error;
            await show(ballotView(ballot.id, error));
            say("");
            return;
          }
          made.reset();
          homeWith(own.castDone);
        });
      },
    },
    h("fieldset", { "aria-labelledby": legend }, h("legend", { id: legend }, own.yourVote), ...CHOICES.map(option)),
    problems,
    h("p", {}, button),
  );
  return made;
}
