import { defineConfig } from "vite";

// Names without hashes: the server sends an ETag for each, and a rebuild shows in a diff as what it is.
export default defineConfig({
  base: "/pocket/",
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rollupOptions: {
      output: { entryFileNames: "pocket.js", chunkFileNames: "[name].js", assetFileNames: "pocket[extname]" },
    },
  },
});
