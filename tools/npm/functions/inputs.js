// Walks all schemas that a client can send: request bodies and parameters, through references, each schema once.

const METHODS = ["get", "put", "post", "delete", "patch"];
const LISTS = ["allOf", "anyOf", "oneOf", "prefixItems"];
const SINGLES = ["items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames"];

function follow(document, node) {
  const path = [];
  let found = node;
  while (found?.$ref?.startsWith("#/")) {
    const steps = found.$ref.slice(2).split("/").map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
    found = steps.reduce((inner, step) => inner?.[step], document);
    path.splice(0, path.length, ...steps);
  }
  return { found, path };
}

function* below(document, node, path, seen) {
  const { found, path: target } = follow(document, node);
  if (typeof found !== "object" || found === null || seen.has(found)) return;
  seen.add(found);
  const here = target.length > 0 ? target : path;
  yield { schema: found, path: here };
  for (const [name, member] of Object.entries(found.properties ?? {})) {
    yield* below(document, member, [...here, "properties", name], seen);
  }
  for (const key of LISTS) {
    for (const [index, member] of (found[key] ?? []).entries()) yield* below(document, member, [...here, key, index], seen);
  }
  for (const key of SINGLES) yield* below(document, found[key], [...here, key], seen);
}

/** Yields `{schema, path}` for each schema of an input; `path` is where it stands in the document. */
export function* inputSchemas(document) {
  const seen = new Set();
  for (const [url, item] of Object.entries(document.paths ?? {})) {
    for (const method of METHODS.filter((name) => item[name])) {
      const operation = ["paths", url, method];
      const places = [
        ...(item.parameters ?? []).map((parameter, index) => [parameter, ["paths", url, "parameters", index]]),
        ...(item[method].parameters ?? []).map((parameter, index) => [parameter, [...operation, "parameters", index]]),
      ];
      for (const [node, place] of places) {
        const { found, path } = follow(document, node);
        yield* below(document, found?.schema, [...(path.length > 0 ? path : place), "schema"], seen);
      }
      const { found: body, path } = follow(document, item[method].requestBody);
      const start = path.length > 0 ? path : [...operation, "requestBody"];
      for (const [type, media] of Object.entries(body?.content ?? {})) {
        yield* below(document, media.schema, [...start, "content", type, "schema"], seen);
      }
    }
  }
}
