import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { buildKernels } from "./build-kernels.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, "dist", ".built");
const webStamp = join(root, "dist", ".built-web");

function newestChange(folder, newest = 0) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    newest = entry.isDirectory() ? newestChange(path, newest) : Math.max(newest, statSync(path).mtimeMs);
  }
  return newest;
}

function touch(path) {
  if (!existsSync(path)) writeFileSync(path, "");
  const now = new Date();
  utimesSync(path, now, now);
}

function isFresh(stampFile, folder) {
  return existsSync(stampFile) && statSync(stampFile).mtimeMs >= newestChange(folder);
}

function run(command, args) {
  // Build output goes to stderr: stdout belongs to the command that asked for the build.
  const result = spawnSync(process.execPath, [join(root, "node_modules", command), ...args], {
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  if (result.status !== 0) throw new Error(`${command} failed`);
}

/** SQL, YAML, JSON and compiled kernels that the code reads at run time stand beside the compiled code. */
function copyAssets() {
  cpSync(join(root, "src"), join(root, "dist"), {
    recursive: true,
    filter: (path) =>
      statSync(path).isDirectory() || (/\.(sql|yaml|json|wasm)$/.test(path) && !path.endsWith("tsconfig.json")),
  });
}

/** Compiles what changed since the last build; returns at once when nothing did or there are no sources (an installed package). */
export function ensureBuilt() {
  if (!existsSync(join(root, "src"))) return;
  mkdirSync(join(root, "dist"), { recursive: true });
  if (!isFresh(stamp, join(root, "src"))) {
    buildKernels();
    run("typescript/bin/tsc", ["-b"]);
    copyAssets();
    touch(stamp);
  }
  const web = join(root, "dashboards", "web");
  if (existsSync(join(web, "vite.config.ts")) && !isFresh(webStamp, web)) {
    run("vite/bin/vite.js", ["build", "--config", join(web, "vite.config.ts"), "--logLevel", "warn"]);
    touch(webStamp);
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) ensureBuilt();
