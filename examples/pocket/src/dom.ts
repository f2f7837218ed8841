// Elements made by hand: text is only ever text, so that nothing anybody has written can become markup.

type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | boolean | ((event: Event) => void) | null | undefined>;

/** An element with attributes (`onclick` and the like are listeners) and children. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (typeof value === "string") made.setAttribute(name, value);
  }
  made.append(...children.filter((child): child is Node | string => child instanceof Node || (typeof child === "string" && child !== "")));
  return made;
}

let numbers = 0;
/** An id that nobody else has. */
export const newId = (): string => `p${(numbers += 1)}`;

/** A heading that takes the focus when its page is shown: so a screen reader begins there, too. */
export const pageHeading = (text: string): HTMLElement => h("h1", { tabindex: "-1" }, text);

/** A text field with its label, and a word of help. */
export function field(label: string, attributes: Attributes, hint?: string): { box: HTMLElement; input: HTMLInputElement } {
  const id = newId();
  const hintId = hint === undefined ? null : `${id}h`;
  const input = h("input", { id, type: "text", autocomplete: "off", "aria-describedby": hintId, ...attributes });
  return { box: h("p", { class: "field" }, h("label", { for: id }, label), hint && h("span", { id: hintId, class: "hint" }, hint), input), input };
}

/** A list of terms and what they are here. */
export function facts(...pairs: [string, string | null][]): HTMLElement {
  const list = h("dl", { class: "facts" });
  for (const [term, told] of pairs) if (told !== null) list.append(h("div", {}, h("dt", {}, term), h("dd", {}, told)));
  return list;
}
