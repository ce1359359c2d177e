import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { messageOf } from "../shared/fault.ts";

const folder = "release";

/** What a command wrote. What it complains of goes to the terminal. */
const outputOf = (command: string, args: readonly string[], cwd = "."): Buffer => execFileSync(command, args, { cwd, stdio: ["ignore", "pipe", "inherit"], maxBuffer: 2 ** 30 });

/** The bill of materials. npm calls us in it what the folder is called, and that of a checkout may be called anything. */
function billOf(name: string): Buffer {
  const above = mkdtempSync(join(tmpdir(), "almanac-release-"));
  try {
    const named = join(above, name);
    mkdirSync(named);
    for (const file of ["package.json", "package-lock.json"]) copyFileSync(file, join(named, file));
    return outputOf("npm", ["run", "-s", "sbom"], named);
  } finally {
    rmSync(above, { recursive: true });
  }
}

/** Makes the files of a release in the repository that we stand in, from its last commit. Nothing is published. */
function release(): void {
  if (outputOf("git", ["status", "--porcelain"]).length > 0) throw new Error("There are changes that are not committed (git status), so the archive would not be what you see. Commit them or put them aside.");
  const { name, version }: { readonly name: string; readonly version: string } = JSON.parse(readFileSync("package.json", "utf8"));
  const files = {
    [`${name}-${version}.tar.gz`]: outputOf("git", ["archive", "--format=tar.gz", `--prefix=${name}-${version}/`, "HEAD"]),
    [`${name}-${version}.cdx.json`]: billOf(name),
  };
  const sums = Object.entries(files).map(([file, content]) => `${createHash("sha256").update(content).digest("hex")}  ${file}\n`);
  // What an earlier version left there is not of this one.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [file, content] of Object.entries({ ...files, SHA256SUMS: sums.join("") })) writeFileSync(join(folder, file), content);
  process.stdout.write(`In ${folder}/, of commit ${outputOf("git", ["rev-parse", "HEAD"]).toString().trim()}:\n${sums.join("")}`);
}

try {
  release();
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}
