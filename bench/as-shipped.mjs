/**
 * Runs TypeScript as the build ships it: `node --import ./bench/as-shipped.mjs bench/api/recommend.ts`. tsx names each function that
 * is made, which costs more than the shortest answers do.
 */
import { register } from "node:module";

register("./as-shipped-hooks.mjs", import.meta.url);
