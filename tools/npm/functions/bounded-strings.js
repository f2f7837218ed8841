import { inputSchemas } from "./inputs.js";

const BOUNDS = ["maxLength", "format", "enum", "const"];

/** A string without a bound lets anybody send a novel, or a name of 200 kB into an index. */
export default function boundedStrings(document) {
  const findings = [];
  for (const { schema, path } of inputSchemas(document)) {
    const isString = [schema.type].flat().includes("string");
    if (isString && !BOUNDS.some((bound) => bound in schema)) {
      findings.push({ message: `The string at ${path.join("/")} has no ${BOUNDS.join(", ")}.`, path });
    }
  }
  return findings;
}
