// Starts GraphiQL over this service's own endpoint. The token travels in the fetcher, not in the header editor:
// so it stands neither in GraphiQL's history nor in anything that the browser keeps.
import { createElement, createGraphiQLFetcher, createRoot, GraphiQL } from "../third_party/graphiql/graphiql.js";
import { watchLogin } from "./login.js";

const WELCOME = `# Log in above, then press play (Ctrl+Enter).
# Ctrl+Space completes; the book is the schema.

{
  __typename
}
`;

/** What GraphiQL remembers (open tabs, theme) lasts as long as this page. */
class PageMemory {
  #kept = new Map();
  get length() {
    return this.#kept.size;
  }
  getItem(key) {
    return this.#kept.get(key) ?? null;
  }
  setItem(key, value) {
    this.#kept.set(key, value);
  }
  removeItem(key) {
    this.#kept.delete(key);
  }
  clear() {
    this.#kept.clear();
  }
}

const storage = new PageMemory();
const root = createRoot(document.getElementById("graphiql"));

/** Without a token there is no schema to load, and asking for it would only bring a refusal. */
function show(token) {
  const fetcher = createGraphiQLFetcher({ url: "graphql", headers: token ? { Authorization: `Bearer ${token}` } : {} });
  root.render(
    createElement(GraphiQL, {
      key: token, // a new person may see another schema: begin afresh, with the tabs kept
      fetcher,
      storage,
      schema: token ? undefined : null,
      defaultQuery: WELCOME,
      shouldPersistHeaders: false,
      showPersistHeadersSettings: false,
      forcedTheme: "light",
    }),
  );
}

show("");
watchLogin(show);
