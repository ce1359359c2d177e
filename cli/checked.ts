import { hash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { CatalogueFile } from "../shared/catalogue/file.ts";
import type { Catalogue } from "../shared/catalogue/schema.ts";

const root = dirname(import.meta.dirname);
/** All that a check goes by. */
const rules = ["shared/catalogue/schema.ts", "shared/calendar/days.ts", "node_modules/zod/package.json"];
const fileName = "catalogue.json";

interface Checked {
  readonly key: string;
  readonly catalogue: Catalogue;
}

function isChecked(value: unknown): value is Checked {
  return typeof value === "object" && value !== null && "key" in value && "catalogue" in value;
}

async function lastChecked(folder: string): Promise<Checked | undefined> {
  try {
    const checked: unknown = JSON.parse(await readFile(join(folder, fileName), "utf8"));
    return isChecked(checked) ? checked : undefined;
  } catch {
    return undefined;
  }
}

/** Another process may read it, or write its own, at this moment. */
async function keep(folder: string, checked: Checked): Promise<void> {
  const draft = join(folder, `${fileName}.${process.pid}`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(draft, JSON.stringify(checked));
    await rename(draft, join(folder, fileName));
  } catch {
    // A folder that cannot be written to costs the check at each start, and no more.
  }
}

/**
 * The catalogue in these texts, checked by `check`, unless the same texts were the last of which
 * the folder knows that they were checked: the schemas take a third of a start to load and to go over 500 sources
 * (docs/performance.md). Throws what `check` throws.
 */
export async function checkedOnce(folder: string, [events, sources]: readonly [CatalogueFile, CatalogueFile], check: () => Promise<Catalogue>): Promise<Catalogue> {
  const texts = await Promise.all(rules.map((path) => readFile(join(root, path), "utf8")));
  const key = hash("sha256", JSON.stringify([...texts, events.text, sources.text]));
  const last = await lastChecked(folder);
  if (last?.key === key) return last.catalogue;
  const catalogue = await check();
  await keep(folder, { key, catalogue });
  return catalogue;
}
