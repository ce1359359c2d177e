import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Run } from "./measure.ts";

/** A program that reads feeds, and how to have it read all of them once. */
export interface Program {
  readonly name: string;
  /** Writes what the program needs into an empty folder; running the result twice is a first and an unchanged round. */
  prepare(folder: string, addresses: readonly string[]): Run;
}

const root = resolve(import.meta.dirname, "..");

/** Nothing of the user's own settings reaches a program that is measured. */
function environment(folder: string): Record<string, string> {
  return { PATH: process.env["PATH"] ?? "", HOME: folder, LANG: "C.UTF-8" };
}

/** A sources file for feeds on this machine, and how to start `almanac` on it. */
const almanac: Program = {
  name: "almanac",
  prepare(folder, addresses) {
    const file = join(folder, "sources.json");
    writeFileSync(file, sourcesFile(addresses));
    return { command: almanacCommand("poll", "--sources", file, "--data", join(folder, "data"), "--allow-loopback", "--json"), env: environment(folder), folder };
  },
};

const newsboat: Program = {
  name: "newsboat",
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
  prepare(folder, addresses) {
    writeFileSync(join(folder, "jobs.yaml"), addresses.map((url) => `url: ${url}\n`).join("---\n"));
    const files = ["--urls", "jobs.yaml", "--config", "config.yaml", "--cache", "cache.db", "--hooks", "hooks.py"].map((word) => (word.startsWith("--") ? word : join(folder, word)));
    return { command: ["urlwatch", ...files], env: environment(folder), folder };
  },
};

function isInstalled(name: string): boolean {
  return spawnSync(name, ["--help"], { stdio: "ignore", timeout: 10_000 }).error === undefined;
}

/** Almanac, and of the others those that this machine has. */
export function installedPrograms(say: (sentence: string) => void): Program[] {
  const others = [newsboat, urlwatch].filter(({ name }) => {
    const there = isInstalled(name);
    if (!there) say(`${name} is not installed, so almanac is not measured beside it (apt-get install ${name}).`);
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
