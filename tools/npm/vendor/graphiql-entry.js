// The one module that the GraphiQL page needs: bundled, so that the page loads a single script and no CDN.
export { createElement, useState } from "react";
export { createRoot } from "react-dom/client";
export { GraphiQL } from "graphiql";
export { createGraphiQLFetcher } from "@graphiql/toolkit";
