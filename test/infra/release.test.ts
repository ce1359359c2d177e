import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const repository = mkdtempSync(join(tmpdir(), "almanac-release-"));
const git = (...args: string[]): Buffer => execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.org", ...args], { cwd: repository });
const release = () => spawnSync(process.execPath, [join(root, "infra/release.ts")], { cwd: repository, encoding: "utf8" });

beforeAll(() => {
  for (const file of ["package.json", "package-lock.json", ".gitignore", "README.md"]) copyFileSync(join(root, file), join(repository, file));
  git("init", "-q");
  git("add", ".");
  git("commit", "-qm", "First");
});
afterAll(() => rmSync(repository, { recursive: true }));

test("npm run release makes an archive of what is committed, a bill of materials and their sums", { timeout: 60_000 }, () => {
  writeFileSync(join(repository, "a.log"), "ignored by git");
  const { status, stderr } = release();
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const { version }: { version: string } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const name = `rights-almanac-${version}`;
  const made = join(repository, "release");
  expect(readdirSync(made).toSorted()).toEqual(["SHA256SUMS", `${name}.cdx.json`, `${name}.tar.gz`]);
  const packed = execFileSync("tar", ["-tzf", join(made, `${name}.tar.gz`)], { encoding: "utf8" }).split("\n").filter(Boolean);
  expect(packed.toSorted()).toEqual([".gitignore", "README.md", "package-lock.json", "package.json", ""].map((file) => `${name}/${file}`).toSorted());
  expect(JSON.parse(readFileSync(join(made, `${name}.cdx.json`), "utf8"))).toMatchObject({ bomFormat: "CycloneDX", metadata: { component: { name: "rights-almanac", version } } });
  const sums = [`${name}.tar.gz`, `${name}.cdx.json`].map((file) => `${createHash("sha256").update(readFileSync(join(made, file))).digest("hex")}  ${file}\n`);
  expect(readFileSync(join(made, "SHA256SUMS"), "utf8")).toBe(sums.join(""));
});

test("it is refused while a change is not committed", () => {
  writeFileSync(join(repository, "README.md"), "changed");
  expect(release()).toMatchObject({ status: 1, stderr: expect.stringMatching(/^There are changes that are not committed/) });
});
