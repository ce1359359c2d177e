import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { withParts } from "../cli/commands/backtest.ts";
import { projectPath, readCatalogue } from "../cli/paths.ts";
import { growthOf } from "./scale/growth.ts";
import { growthLines } from "./scale/report.ts";

const { values } = parseArgs({ options: { json: { type: "boolean", default: false }, write: { type: "boolean", default: false } } });
const growth = growthOf(await readCatalogue());
const page = projectPath("docs", "performance.md");
if (values.write) writeFileSync(page, withParts(readFileSync(page, "utf8"), new Map([["npm run scale", growthLines(growth)]])));
process.stdout.write(values.json ? `${JSON.stringify(growth)}\n` : `${growthLines(growth).join("\n")}\n`);
