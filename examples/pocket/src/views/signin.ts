import { arrive } from "../arriving.js";
import { doing } from "../doing.js";
import { h, pageHeading } from "../dom.js";
import { enter, people, tokenOf, type DemoPerson } from "../session.js";
import { goHome, type View } from "../stage.js";
import { words } from "../words.js";

/** Choose whom to be. In real life an issuer's own page stands here (ID-porten, MitID). */
export const signInView: View = async () => {
  const own = words();
  const problems = h("div");
  const entry = (person: DemoPerson): HTMLElement => {
    const button = h(
      "button",
      {
        type: "button",
        class: "person",
        onclick: () =>
          doing(button, problems, async () => {
            enter(await tokenOf(person.slug));
            await goHome();
            await arrive();
          }),
      },
      h("span", { class: "person-name" }, person.name),
      h("span", { class: "person-role", lang: "en" }, person.role),
    );
    return h("li", {}, button);
  };
  const list = h("ul", { class: "people" }, ...(await people()).map(entry));
  return [pageHeading(own.who), h("p", { class: "lead" }, own.whoDetail), problems, list];
};
