import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import type { Run } from "./measure.ts";

/** A program that reads feeds, and how to have it read all of them once. */
export interface Program {
  readonly name: string;
  /** What it is started by, and comes in a Debian package of the program's name. */
  readonly file: string;
  /** A round takes it so long that it is measured over the fewest feeds alone. */
  readonly isSlow?: true;
  /** Writes what the program needs into an empty folder; running the result twice is a first and an unchanged round. */
  prepare(folder: string, addresses: readonly string[]): Run;
}

const root = resolve(import.meta.dirname, "..");

/** Nothing of the user's own settings reaches a program that is measured. */
function environment(folder: string): Record<string, string> {
  return { PATH: process.env["PATH"] ?? "", HOME: folder, LANG: "C.UTF-8" };
}

/** The program that the others stand beside. */
export const ours = "almanac";

/** A sources file for feeds on this machine, and how to start `almanac` on it. */
const almanac: Program = {
  name: ours,
  file: "node",
  prepare(folder, addresses) {
    const file = join(folder, "sources.json");
    writeFileSync(file, sourcesFile(addresses));
    return { command: almanacCommand("poll", "--sources", file, "--data", join(folder, "data"), "--allow-loopback", "--json"), env: environment(folder), folder };
  },
};

const newsboat: Program = {
  name: "newsboat",
  file: "newsboat",
  prepare(folder, addresses) {
    writeFileSync(join(folder, "urls"), `${addresses.join("\n")}\n`);
    // By itself it reads one feed at a time; almanac reads 16 of a server on this machine.
    writeFileSync(join(folder, "config"), "reload-threads 16\n");
    const files = ["-C", "config", "-u", "urls", "-c", "cache.db"].map((word) => (word.startsWith("-") ? word : join(folder, word)));
    return { command: ["newsboat", ...files, "-x", "reload"], env: environment(folder), folder };
  },
};

const urlwatch: Program = {
  name: "urlwatch",
  file: "urlwatch",
  prepare(folder, addresses) {
    writeFileSync(join(folder, "jobs.yaml"), addresses.map((url) => `url: ${url}\n`).join("---\n"));
    const files = ["--urls", "jobs.yaml", "--config", "config.yaml", "--cache", "cache.db", "--hooks", "hooks.py"].map((word) => (word.startsWith("--") ? word : join(folder, word)));
    return { command: ["urlwatch", ...files], env: environment(folder), folder };
  },
};

const rss2email: Program = {
  name: "rss2email",
  file: "r2e",
  isSlow: true,
  prepare(folder, addresses) {
    for (const name of ["new", "cur", "tmp"]) mkdirSync(join(folder, "Maildir", "INBOX", name), { recursive: true });
    const settings = ["[DEFAULT]", "from = bench@example.org", "to = bench@example.org", "email-protocol = maildir", `maildir-path = ${join(folder, "Maildir")}`];
    const feeds = addresses.flatMap((url, index) => ["", `[feed.f${index + 1}]`, `url = ${url}`]);
    writeFileSync(join(folder, "config"), `${[...settings, ...feeds].join("\n")}\n`);
    return { command: ["r2e", "-c", join(folder, "config"), "-d", join(folder, "data.json"), "run"], env: environment(folder), folder };
  },
};

const sfeed: Program = {
  name: "sfeed",
  file: "sfeed_update",
  isSlow: true,
  prepare(folder, addresses) {
    const feeds = addresses.map((url, index) => `  feed "f${index + 1}" "${url}"`);
    writeFileSync(join(folder, "sfeedrc"), [`sfeedpath="${join(folder, "feeds")}"`, "maxjobs=16", "feeds() {", ...feeds, "}", ""].join("\n"));
    return { command: ["sfeed_update", join(folder, "sfeedrc")], env: environment(folder), folder };
  },
};

function isInstalled({ file }: Program): boolean {
  return (process.env["PATH"] ?? "").split(delimiter).some((folder) => existsSync(join(folder, file)));
}

/** Almanac, and of the others those that this machine has. */
export function installedPrograms(say: (sentence: string) => void): Program[] {
  const others = [newsboat, urlwatch, rss2email, sfeed].filter((program) => {
    const there = isInstalled(program);
    if (!there) say(`${program.name} is not installed, so almanac is not measured beside it (apt-get install ${program.name}).`);
    return there;
  });
  return [almanac, ...others];
}

/** How to start a command of `almanac` as its npm script does. */
export function almanacCommand(...words: string[]): Run["command"] {
  return [process.execPath, join(root, "cli", "almanac.mjs"), ...words];
}

/** The least that a sources file holds, for these feeds. */
export function sourcesFile(addresses: readonly string[]): string {
  return JSON.stringify({ sources: addresses.map((url, index) => ({ id: `f${index + 1}`, publisher: "test", url, read: { as: "feed" } })) });
}
