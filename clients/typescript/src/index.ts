/** Verksted's REST API for browsers and Node. */
export { connect, each, newKey, type Language, type Once, type Options, type Verksted } from "./client.js";
export { Refused, Unreachable } from "./refused.js";
export type { Patience, World } from "./retrying.js";
export type * from "./generated/schema.js";
