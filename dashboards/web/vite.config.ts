import { fileURLToPath } from "node:url";

import preactPlugin from "@preact/preset-vite";
import { defineConfig } from "vite";

/** Builds the pages into dist/web, which the API serves as plain files. `npx vite --config …` proxies /v1 to a running server. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [preactPlugin({ devToolsEnabled: false, prefreshEnabled: false })],
  build: {
    outDir: fileURLToPath(new URL("../../dist/web", import.meta.url)),
    emptyOutDir: true,
    // The first browsers with light-dark(), which the design tokens rest on.
    target: ["chrome123", "firefox120", "safari17.5"],
    // Inlined assets and the preload helper's polyfill would ask for a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  server: { proxy: { "/v1": "http://127.0.0.1:8080" } },
});
