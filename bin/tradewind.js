#!/usr/bin/env node
import { existsSync } from "node:fs";

const builder = new URL("../scripts/build.mjs", import.meta.url);
if (existsSync(builder)) (await import(builder.href)).ensureBuilt();
await import("../dist/cli/main.js");
