import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, "src", "algorithms", "kernels");
const source = join(folder, "assembly");
const output = join(folder, "kernels.wasm");

/** Static data of the module lies between this address and the start of the arena (see kernel-memory.ts). */
const MEMORY_BASE = 1024;
/** Pages of 64 KiB: the arena starts with 1 MiB and may grow to the 4 GiB that 32-bit addresses reach. */
const INITIAL_PAGES = 16;
const MAXIMUM_PAGES = 65536;

function isFresh() {
  if (!existsSync(output)) return false;
  const built = statSync(output).mtimeMs;
  return readdirSync(source).every((name) => statSync(join(source, name)).mtimeMs <= built);
}

/** Compiles the AssemblyScript kernels to src/algorithms/kernels/kernels.wasm when a source is newer than it. */
export function buildKernels() {
  if (!existsSync(source) || isFresh()) return;
  const options = [
    "--runtime",
    "stub",
    "--optimizeLevel",
    "3",
    "--noAssert",
    "--enable",
    "simd",
    "--enable",
    "threads",
  ];
  const memory = ["--importMemory", "--sharedMemory", "--memoryBase", String(MEMORY_BASE)];
  memory.push("--initialMemory", String(INITIAL_PAGES), "--maximumMemory", String(MAXIMUM_PAGES));
  const compiler = join(root, "node_modules", "assemblyscript", "bin", "asc.js");
  const args = [compiler, join("src", "algorithms", "kernels", "assembly", "index.ts"), "--outFile", output];
  const result = spawnSync(process.execPath, [...args, ...options, ...memory], { cwd: root, stdio: ["ignore", 2, 2] });
  if (result.status !== 0) throw new Error("The kernels do not compile");
}

/** The hook of vitest's globalSetup: tests run from the sources need the module too. */
export const setup = buildKernels;

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) buildKernels();
