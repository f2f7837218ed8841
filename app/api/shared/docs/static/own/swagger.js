// Starts Swagger UI over this service's own contract. Nothing is kept in the browser's storage.
import { watchLogin } from "./login.js";

let token = "";

/** Names of the security schemes that take a bearer token; these get their padlock closed. */
function bearerSchemes() {
  const schemes = ui.specSelectors.securityDefinitions()?.toJS() ?? {};
  return Object.keys(schemes).filter((name) => schemes[name].type === "http" && schemes[name].scheme === "bearer");
}

function authorise() {
  if (token) bearerSchemes().forEach((name) => ui.preauthorizeApiKey(name, token));
}

const ui = window.SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  filter: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  requestSnippetsEnabled: true,
  persistAuthorization: false,
  validatorUrl: null, // no badge from somebody else's server
  onComplete: authorise, // somebody may have logged in before the contract had arrived
});

watchLogin((fresh) => {
  token = fresh;
  authorise();
});
