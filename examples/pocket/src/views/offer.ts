import { Refused, type HomeOffer } from "@verksted/client";
import { doing } from "../doing.js";
import { facts, field, h, pageHeading } from "../dom.js";
import { api } from "../session.js";
import { backLink, homeWith, type View } from "../stage.js";
import { languageName, shortWhen, words } from "../words.js";
import { currentText, reading, signature } from "./declaration.js";

/** A place that waits for a yes or a no. Into a group that meets one comes by signing, too. */
export const offerView =
  (offer: HomeOffer): View =>
  async () => {
    const own = words();
    const problems = h("div");
    const text = offer.kind === "entry" ? await currentText() : null;
    const alias =
      text === null
        ? field(own.alias, { name: "alias", required: true, maxlength: "40" }, own.aliasHint)
        : field(own.otherAlias, { name: "alias", maxlength: "40" }, own.aliasHint);
    alias.box.hidden = text !== null; // whoever has applied has chosen one: it is asked for again only if it is taken
    const name = field(own.name, { name: "typed_name", required: true, maxlength: "120" }, own.nameHint);
    const yes = h("button", { type: "submit", class: "first" }, own.accept);
    const form = h(
      "form",
      {
        novalidate: true,
        onsubmit: (event) => {
          event.preventDefault();
          doing(yes, problems, async (key) => {
            try {
              await accept(offer, key, alias.input.value.trim(), text && signature(text, name.input.value.trim()));
            } catch (error) {
              if (error instanceof Refused && error.code === "groups.alias_taken") alias.box.hidden = false;
              throw error;
            }
            homeWith(own.accepted);
          });
        },
      },
      text && reading(text),
      text && name.box,
      alias.box,
      problems,
      h("p", {}, yes),
    );
    const refused = h("div");
    const no = h(
      "button",
      {
        type: "button",
        class: "second",
        onclick: () =>
          doing(no, refused, async (key) => {
            await decline(offer, key);
            homeWith(own.declined);
          }),
      },
      own.decline,
    );
    return [
      backLink(),
      pageHeading(own.offer),
      h("p", { class: "lead" }, own.offerDetail),
      facts(
        [own.theme, offer.theme ?? own.noTheme],
        [own.group, own.form[offer.form]],
        [own.where, offer.area],
        [own.spoken, languageName(offer.language)],
        [own.answerBy, offer.expires_at === null ? null : shortWhen(offer.expires_at)],
      ),
      form,
      h("details", {}, h("summary", {}, own.sayNo), h("p", {}, own.sayNoDetail), no, refused),
    ];
  };

async function accept(offer: HomeOffer, key: string, alias: string, signed: ReturnType<typeof signature> | null): Promise<void> {
  const header = { "Idempotency-Key": key };
  if (offer.placement_id !== null) {
    const params = { path: { placement_id: offer.placement_id }, header };
    await api.post("/v1/placements/{placement_id}/acceptance", { params, body: { alias } });
  } else if (offer.application_id !== null && signed !== null) {
    const params = { path: { application_id: offer.application_id }, header };
    await api.post("/v1/applications/{application_id}/acceptance", { params, body: { signature: signed, alias: alias || null } });
  }
}

async function decline(offer: HomeOffer, key: string): Promise<void> {
  const header = { "Idempotency-Key": key };
  if (offer.placement_id !== null)
    await api.post("/v1/placements/{placement_id}/refusal", { params: { path: { placement_id: offer.placement_id }, header } });
  else if (offer.application_id !== null)
    await api.post("/v1/applications/{application_id}/refusal", { params: { path: { application_id: offer.application_id }, header } });
}
