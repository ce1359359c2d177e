import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { openChromium } from "./chromium.ts";
import { openHouse } from "./house.ts";
import { served } from "./served.ts";

const folder = join(import.meta.dirname, "../../docs/images");
const shots = [
  { name: "year", path: "/year/2025", width: 1280, height: 800, scheme: "light" },
  { name: "series", path: "/series/us-state-tip-report", width: 1280, height: 860, scheme: "dark" },
  { name: "phone", path: "/ko#timeline", width: 360, height: 720, scheme: "light" },
] as const;

const browser = await openChromium();
if (!browser) process.exit(1);
await mkdir(folder, { recursive: true });
// The catalogue alone, at a day that stays: so the pictures change only when the pages do.
const house = await openHouse("2026-11-25T12:00:00Z");
const site = await served(house.app);
for (const { name, path, width, height, scheme } of shots) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme });
  await page.goto(site.url + path);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.close();
}
await browser.close();
await site.close();
await house.close();
