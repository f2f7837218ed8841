import type { DeclarationDue, DeclarationTextView, SignatureIn } from "@verksted/client";
import { doing } from "../doing.js";
import { field, h, pageHeading } from "../dom.js";
import { api } from "../session.js";
import { backLink, homeWith, type View } from "../stage.js";
import { fill, language, shortWhen, words } from "../words.js";

/** The text that holds now, in the language that is read here. */
export const currentText = (): Promise<DeclarationTextView> =>
  api.get("/v1/declaration", { params: { query: { language: language() } } });

/** The text as it is read before one signs it. */
export const reading = (text: DeclarationTextView): HTMLElement =>
  h("div", { class: "card letter", lang: text.language }, h("h2", { class: "small" }, text.title), ...text.paragraphs.map((each) => h("p", {}, each)));

/** A name under what was read. */
export const signature = (text: DeclarationTextView, typedName: string): SignatureIn => ({
  text_version: text.version,
  language: text.language,
  text_sha256: text.sha256,
  typed_name: typedName,
});

/** Read the declaration of confidentiality, and sign it. */
export const declarationView =
  (due: DeclarationDue): View =>
  async () => {
    const own = words();
    const text = await currentText();
    const problems = h("div");
    const name = field(own.name, { name: "typed_name", required: true, maxlength: "120" }, own.nameHint);
    const button = h("button", { type: "submit", class: "first" }, own.sign);
    const form = h(
      "form",
      {
        novalidate: true,
        onsubmit: (event) => {
          event.preventDefault();
          doing(button, problems, async (key) => {
            const signed = signature(text, name.input.value.trim());
            if (due.group_id === null) {
              const params = { path: { organisation_id: due.organisation_id } };
              await api.put("/v1/organisations/{organisation_id}/my-declaration", { params, body: { signature: signed } });
            } else {
              const params = { path: { group_id: due.group_id }, header: { "Idempotency-Key": key } };
              await api.post("/v1/groups/{group_id}/declarations", { params, body: { signature: signed } });
            }
            homeWith(own.signed);
          });
        },
      },
      name.box,
      problems,
      h("p", {}, button),
    );
    const why = due.shuts_out ? own.declareShut : due.needed_by === null ? null : fill(own.declareUntil, { when: shortWhen(due.needed_by) });
    return [backLink(), pageHeading(own.declare), ...(why === null ? [] : [h("p", { class: "lead" }, why)]), reading(text), form];
  };
