import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { SETTINGS } from "../core/config.ts";
import { packageRoot } from "../core/paths.ts";
import { COMMANDS } from "./command-list.ts";
import { renderCommandHelp } from "./render-help.ts";

const INTRO = `# Command line

Written from the commands themselves; after a change run \`npx vitest run src/cli -u\`.

Data goes to stdout (JSON with \`--json\`), progress and logs to stderr. Exit codes: 0 done, 1 failed, 2 wrong call (nothing
was done), 75 another run holds the warehouse (try again later), 130 interrupted.

## Settings

Environment variables, read once at the start. A \`TRADEWIND_*\` variable that is not in this list stops the start.

| variable | what | default |
|---|---|---|
`;

test("docs/operations/command-line.md says what the commands say", async () => {
  const settings = Object.values(SETTINGS).map(({ variable, help, fallback }) => {
    const shown =
      typeof fallback === "string" && fallback.startsWith("/") ? relative(packageRoot(), fallback) : fallback;
    return `| \`${variable}\` | ${help} | \`${shown}\` |\n`;
  });
  const commands = COMMANDS.map((command) => {
    const alias = command.alias === undefined ? "" : ` (or \`${command.alias}\`)`;
    return `\n## ${command.name}${alias}\n\n\`\`\`text\n${renderCommandHelp(command)}\`\`\`\n`;
  });
  await expect([INTRO, ...settings, ...commands].join("")).toMatchFileSnapshot(
    join(packageRoot(), "docs", "operations", "command-line.md"),
  );
});
