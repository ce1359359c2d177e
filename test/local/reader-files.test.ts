import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { folderFiles } from "../../local/reader-files.ts";

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "almanac-files-"))));
afterEach(() => rm(folder, { recursive: true }));

test("a file is absent, then there, then the same, then another, and nothing lies beside it", async () => {
  const files = folderFiles(folder);
  expect(await files.read("items.json")).toEqual({ kind: "absent" });
  await files.write("items.json", "one");
  const first = await files.read("items.json");
  expect(first).toMatchObject({ kind: "content", text: "one" });
  const tag = first.kind === "content" ? first.etag : undefined;
  expect(await files.read("items.json", tag)).toEqual({ kind: "same" });
  await files.write("items.json", "two, longer");
  expect(await files.read("items.json", tag)).toMatchObject({ kind: "content", text: "two, longer" });
  expect(await readdir(join(folder, "readers"))).toEqual(["items.json"]);
  expect(((await stat(join(folder, "readers/items.json"))).mode & 0o777).toString(8)).toBe("600");
});

test("whoever reads while it is written anew reads the one or the other, whole", async () => {
  const files = folderFiles(folder);
  const texts = ["a", "b"].map((letter) => letter.repeat(200_000));
  await files.write("items.json", texts[0] ?? "");
  const writing = (async () => {
    for (let count = 0; count < 40; count++) await files.write("items.json", texts[count % 2] ?? "");
  })();
  for (let count = 0; count < 40; count++) {
    const answer = await files.read("items.json");
    expect(texts).toContain(answer.kind === "content" ? answer.text : "");
  }
  await writing;
});

test("a folder that cannot be read is no absent file", async () => {
  const files = folderFiles(folder);
  await files.write("items.json/inside", "text");
  await expect(files.read("items.json")).rejects.toThrow("EISDIR");
});
