import { inputSchemas } from "./inputs.js";

/** An object that swallows unknown members hides typing errors, and invites mass assignment. */
export default function closedObjects(document) {
  const findings = [];
  for (const { schema, path } of inputSchemas(document)) {
    const isRecord = [schema.type].flat().includes("object") && schema.properties;
    if (isRecord && schema.additionalProperties !== false) {
      findings.push({ message: `The object at ${path.join("/")} does not refuse unknown members.`, path });
    }
  }
  return findings;
}
