import { writeFile } from "node:fs/promises";
import { type ManualCheck, hostOf, manualChecks, type SingleHost, singleHosts } from "../../shared/catalogue/check-sources.ts";
import { checkLabelled } from "../../shared/catalogue/check-labelled.ts";
import { checkCatalogue } from "../../shared/catalogue/checks.ts";
import type { Finding } from "../../shared/catalogue/finding.ts";
import { type LabelledItem, parseLabelled } from "../../shared/catalogue/labelled.ts";
import { comesIn } from "../../shared/catalogue/mailbox.ts";
import type { Catalogue, Source } from "../../shared/catalogue/schema.ts";
import { systemClock } from "../../shared/clock.ts";
import { createFetcher } from "../../shared/intake/fetch.ts";
import { type Arguments, type Command, Failure, UsageError } from "../command.ts";
import { type Look, lookAtAll } from "../live.ts";
import { knownSource } from "../known.ts";
import type { Output } from "../output.ts";
import { colours } from "../report.ts";
import { pushCatalogue, pushing } from "../push.ts";
import { givenPath, labelledFiles, projectPath, readCatalogue, shownPath } from "../paths.ts";

interface Report {
  readonly findings: readonly Finding[];
  readonly single: readonly SingleHost[];
  readonly disabled: readonly { readonly source: string; readonly why: string }[];
  readonly checks: readonly (ManualCheck & { readonly isDue: boolean })[];
  readonly counts: Readonly<Record<"series" | "editions" | "unknownDays" | "sources" | "enabled" | "hosts" | "publishers" | "faults" | "warnings", number>>;
}

function report(catalogue: Catalogue, known: readonly LabelledItem[], today: string): Report {
  const { series, sources, publishers } = catalogue;
  const findings = [...checkLabelled(catalogue, known), ...checkCatalogue(catalogue, today)];
  const editions = series.flatMap((one) => one.editions);
  const enabled = sources.filter(({ disabled }) => disabled === undefined);
  return {
    findings,
    single: singleHosts(catalogue),
    disabled: sources.flatMap(({ id, disabled }) => (disabled === undefined ? [] : [{ source: id, why: disabled }])),
    checks: manualChecks(sources).map((check) => ({ ...check, isDue: check.dueOn === null || check.dueOn <= today })),
    counts: {
      series: series.length,
      editions: editions.length,
      unknownDays: editions.filter(({ released }) => released === "unknown").length,
      sources: sources.length,
      enabled: enabled.length,
      hosts: new Set(enabled.map(hostOf)).size,
      publishers: publishers.length,
      faults: findings.filter(({ level }) => level === "fault").length,
      warnings: findings.filter(({ level }) => level === "warning").length,
    },
  };
}

/** How many of something, in words: "1 fault", "2 faults". */
function many(count: number, one: string, more = `${one}s`): string {
  return `${count} ${count === 1 ? one : more}`;
}

function group(output: Output, title: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  output.line("");
  output.line(output.style("bold", title));
  for (const line of lines) output.line(`  ${line}`);
}

function printReport(output: Output, { findings, single, disabled, checks, counts }: Report, files: Record<Finding["file"], string>): void {
  const due = checks.filter(({ isDue }) => isDue);
  const findingLine = ({ file, id, message }: Finding): string => `${files[file]}: ${output.style("cyan", id)} ${message}`;
  output.line(`${many(counts.series, "series", "series")} with ${many(counts.editions, "edition")}, ${counts.unknownDays} of them released on an unknown day`);
  output.line(`${many(counts.sources, "source")} of ${many(counts.publishers, "publisher")}: ${counts.enabled} enabled, on ${many(counts.hosts, "host")}; ${disabled.length} disabled`);
  group(output, "Disabled, and why", disabled.map(({ source, why }) => `${source}: ${why}`));
  group(output, `A person must look: ${due.length} of ${checks.length} now`, checks.map(({ source, isDue, dueOn, everyDays, message }) => `${source} ${output.style(isDue ? "yellow" : "dim", `(every ${everyDays} days, ${isDue ? "now" : `on ${dueOn}`})`)}: ${message}`));
  group(output, "Series on a single host, and why", single.map(({ series, hosts, why }) => `${series} (${hosts[0] ?? "no enabled source"}): ${why ?? output.style("red", "nobody says why")}`));
  group(output, many(counts.warnings, "warning"), findings.filter(({ level }) => level === "warning").map(findingLine));
  group(output, output.style("red", many(counts.faults, "fault")), findings.filter(({ level }) => level === "fault").map(findingLine));
}

function printJson(output: Output, { findings, single, disabled, checks, counts }: Report, files: Record<Finding["file"], string>): void {
  for (const { level, file, id, message } of findings) output.json({ finding: level, file: files[file], id, message });
  for (const one of single) output.json({ finding: "single-host", ...one });
  for (const one of disabled) output.json({ finding: "disabled", ...one });
  for (const one of checks) output.json({ finding: "manual-check", ...one });
  output.json({ summary: true, ...counts });
}

function printLook(output: Output, { source, health, reason, detail, items, newest, fallback, mend }: Look): void {
  const found = items > 0 ? `${many(items, "item")}, newest ${newest?.published?.slice(0, 10) ?? "without a date"} "${newest?.title.slice(0, 80)}"` : (reason ?? "no items");
  output.line(`${output.style(colours[health], health.padEnd(8))} ${source.padEnd(34)} ${found}${fallback ? `, by its fallback ${fallback}` : ""}`);
  if (detail) output.line(`         ${detail}`);
  for (const advice of mend) output.line(`         ${output.style("cyan", "→")} ${advice}`);
}

/** The sources that were named, disabled or not; otherwise all that are enabled. Mail comes in by itself, so there is nothing to ask. */
function chosen(catalogue: Catalogue, ids: readonly string[]): Source[] {
  return ids.length > 0 ? ids.map((id) => knownSource(catalogue, id)) : catalogue.sources.filter((source) => source.disabled === undefined && !comesIn(source));
}

const lists = ["series", "sources", "publishers"] as const;

/** The ids and names of one kind of entry, for those who must write an id. */
function list(output: Output, json: boolean, catalogue: Catalogue, what: string): void {
  const kind = lists.find((known) => known === what);
  if (!kind) throw new UsageError(`--list "${what}" is none of ${lists.join(", ")}.`);
  for (const { id, name = "" } of catalogue[kind]) {
    if (json) output.json({ id, name });
    else output.line(`${id.padEnd(40)} ${name}`);
  }
}

/** Reads sources once from this machine and says what is wrong with their entries. A source that fails is a result. */
async function live(args: Arguments, output: Output, catalogue: Catalogue): Promise<void> {
  const sources = chosen(catalogue, args.list("source"));
  const at = new Date().toISOString();
  const contact = process.env["ALMANAC_CONTACT"];
  if (contact === undefined) output.say("ALMANAC_CONTACT is not set: publishers cannot see whom to ask, and some refuse us for it. Set it to your address, as in ALMANAC_CONTACT=you@example.org.");
  const fetch = createFetcher({ contact, allowLoopback: args.flag("allow-loopback"), clock: systemClock });
  const looks: Look[] = [];
  try {
    await lookAtAll({ fetch, at, settings: { year: Number(at.slice(0, 4)), credentials: process.env } }, sources, (seen) => {
      looks.push(seen);
      if (!args.flag("json")) return printLook(output, seen);
      output.json(seen);
      output.progress(`${looks.length} of ${sources.length} sources`);
    });
  } finally {
    await fetch.close();
  }
  const readable = looks.filter(({ health }) => health === "well" || health === "quiet");
  const unverified = readable.filter(({ source }) => sources.find(({ id }) => id === source)?.verified === false).map(({ source }) => source);
  if (args.flag("json")) return output.json({ summary: true, sources: looks.length, readable: readable.length, toMend: looks.filter(({ mend }) => mend.length > 0).length, unverified });
  output.line("");
  output.line(`${readable.length} of ${many(looks.length, "source")} can be read from here.`);
  if (looks.every(({ reason }) => reason === "unreachable" || reason === "timeout" || reason === "credential")) return output.line("None could be reached: is this machine online? If not, the advice above is not worth following.");
  if (unverified.length > 0) output.line(`Nobody has read these before: look whether their items are what they should be, then write "verified": "${at.slice(0, 10)}" beside ${unverified.join(", ")}.`);
}

async function writeSchemas(output: Output): Promise<void> {
  const [{ jsonSchemas }, { Message }, z] = await Promise.all([import("../../shared/catalogue/json-schema.ts"), import("../../shared/alerts/message-schema.ts"), import("zod")]);
  for (const [name, schema] of Object.entries({ ...jsonSchemas(), "alert.schema.json": { title: "What programs get of an alert", ...z.toJSONSchema(Message) } })) {
    await writeFile(projectPath(name), `${JSON.stringify(schema, null, 2)}\n`);
    output.line(`wrote ${shownPath(projectPath(name))}`);
  }
}

async function run(args: Arguments, output: Output): Promise<void> {
  const push = pushing(args);
  if (args.flag("write-schemas")) return writeSchemas(output);
  const named = { events: args.text("events"), sources: args.text("sources") };
  const catalogue = await readCatalogue(named);
  const listed = args.text("list");
  if (listed !== undefined) return list(output, args.flag("json"), catalogue, listed);
  if (args.flag("live")) return live(args, output, catalogue);
  if (args.list("source").length > 0) throw new UsageError("--source names what --live reads. Give --live as well, or leave it out.");
  const files = { events: shownPath(named.events ? givenPath(named.events) : projectPath("events.json")), sources: shownPath(named.sources ? givenPath(named.sources) : projectPath("sources.json")) };
  const known = (await labelledFiles()).flatMap(({ name, text }) => parseLabelled(name, text));
  const found = report(catalogue, known, new Date().toISOString().slice(0, 10));
  if (push && found.counts.faults === 0) return pushCatalogue(catalogue, push, output);
  (args.flag("json") ? printJson : printReport)(output, found, files);
  if (found.counts.faults > 0) throw new Failure(`the catalogue has ${many(found.counts.faults, "fault")}: mend the lines above.`);
}

export const command: Command = {
  summary: "check events.json and sources.json; with --live, read each source once",
  usage: "[--list series|sources|publishers] [--live [--source ID]… [--allow-loopback]] [--push --stage NAME [--dry]] [--events FILE] [--sources FILE] [--json]",
  help: `Checks the two files against their schemas and each other, and says what they hold: series,
editions and sources; what is disabled, what a person must look at, what hangs on a single host.
The items of labelled/ are matched too: a rule that would ring on what is not its own is a fault.
Faults end with exit code 1; warnings are for you to judge.

  --list WHAT        the ids and names of all series, sources or publishers
  --live             read every enabled source once from this machine and say what is wrong with its
                     entry and how to mend it: the first thing to do on a new machine, in some minutes
  --source ID        with --live, only this one; may be given more than once
  --push             where there is no fault, put the catalogue into the bucket of a stage on AWS, from
                     which its functions read it, and say what is different (npm run catalogue:push)
  --stage NAME       with --push, the stage; --dry only says what would be different
  --allow-loopback   with --live, let servers on this machine be read, without pauses
  --events FILE      another events.json; --sources FILE another sources.json
  --json             a line of JSON a finding (or a source), then a summary
  --write-schemas    write the JSON Schemas: of the files, for editors, and of alerts, for programs (npm run schema)

Sources that need a credential find it in the environment, under the name in the catalogue.
ALMANAC_CONTACT is the address that publishers find in our user agent.`,
  options: {
    list: { type: "string" },
    live: { type: "boolean" },
    source: { type: "string", multiple: true },
    "allow-loopback": { type: "boolean" },
    events: { type: "string" },
    sources: { type: "string" },
    json: { type: "boolean" },
    "write-schemas": { type: "boolean" },
    push: { type: "boolean" },
    stage: { type: "string" },
    dry: { type: "boolean" },
  },
  run,
};
