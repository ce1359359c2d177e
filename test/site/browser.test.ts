import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openChromium } from "./chromium.ts";
import { everyPage, openFurnished } from "./furnished.ts";
import type { House } from "./house.ts";
import { served } from "./served.ts";

const browser: Browser | undefined = await openChromium();
let house: House;
let site: Awaited<ReturnType<typeof served>>;
beforeAll(async () => {
  house = await openFurnished();
  site = await served(house.app);
});
afterAll(async () => {
  await browser?.close();
  await site.close();
  await house.close();
});

interface Look {
  readonly page: Page;
  /** What the page said in its console. */
  readonly said: string[];
  /** Addresses that were asked for and are not the site's. */
  readonly elsewhere: string[];
}

interface Setting {
  readonly width?: number;
  readonly scripts?: boolean;
}

async function look({ width = 1280, scripts = true }: Setting, act: (look: Look) => Promise<void>): Promise<void> {
  const context = await browser?.newContext({ viewport: { width, height: 800 }, colorScheme: "light", javaScriptEnabled: scripts, bypassCSP: false });
  if (!context) throw new Error("there is no browser");
  const page = await context.newPage();
  const [said, elsewhere]: [string[], string[]] = [[], []];
  page.on("console", (message) => void said.push(message.text()));
  page.on("pageerror", (error) => void said.push(error.message));
  page.on("request", (request) => void (request.url().startsWith(`${site.url}/`) || elsewhere.push(request.url())));
  try {
    await act({ page, said, elsewhere });
  } finally {
    await context.close();
  }
}

const isThorough = process.env["BROWSER"] === "thorough";
const noFaults = async (): Promise<string[]> => [];
const everything = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']";
const colours = "['color-contrast', 'link-in-text-block']";

/** What axe finds wrong with a page, a line each. Its script is put in by the browser itself, past the page's policy. */
async function faultsOf(page: Page, rules: string): Promise<string[]> {
  const found: string = await page.evaluate(`axe.run({ runOnly: ${rules} }).then(({ violations }) => JSON.stringify(violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ target, failureSummary }) => target + ' ' + failureSummary).join(' | '))))`);
  const lines: string[] = JSON.parse(found);
  return lines;
}

async function faultsInLight(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return faultsOf(page, everything);
}

/** What is wrong with a page in the light scheme and, of what can differ, in the dark one. */
async function faultsInBoth(page: Page): Promise<string[]> {
  const light = await faultsInLight(page);
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await faultsOf(page, colours);
  await page.emulateMedia({ colorScheme: "light" });
  return [...light, ...dark.map((fault) => `dark: ${fault}`)];
}

describe.skipIf(!browser)("in Chromium", () => {
  for (const width of [360, 1280] as const) {
    // What axe looks for hardly depends on the width: `npm run browser` has it look at phones, too.
    const faultsIn = width === 1280 ? faultsInBoth : isThorough ? faultsInLight : noFaults;
    test(`every page is accessible, fits and asks nobody else: ${width} pixels`, { timeout: 240_000 }, async () => {
      await look({ width }, async ({ page, said, elsewhere }) => {
        for (const path of everyPage) {
          const prefixed = width === 360 ? (path === "/" ? "/ko" : `/ko${path}`) : path;
          said.length = 0;
          await page.goto(site.url + prefixed);
          const [faults, fits] = [await faultsIn(page), await page.evaluate(`document.documentElement.scrollWidth <= ${width}`)];
          // The browser itself says that a page is not there.
          expect({ prefixed, faults, fits, said: path === "/nothing" ? [] : said }).toEqual({ prefixed, faults: [], fits: true, said: [] });
        }
        expect(elsewhere).toEqual([]);
      });
    });
  }

  // A check that finds nothing may be one that looks at nothing.
  test("a page without contrast and without names is found out, in either scheme", async () => {
    await look({}, async ({ page }) => {
      await page.setContent('<html lang="en"><title>t</title><style>@media (prefers-color-scheme: dark) { body { background: #000 } } p { color: #222; background: inherit }</style><main><h1>h</h1><p>text</p><input></main></html>');
      const faults = await faultsInBoth(page);
      expect(faults.map((fault) => fault.split(": ", 2).join(": ").slice(0, 30))).toEqual(expect.arrayContaining([expect.stringMatching(/^label/), expect.stringMatching(/^dark: color-contrast/)]));
    });
  });

  test("by keyboard alone, the first stop skips to the content, and the next lie in the order of the page", async () => {
    await look({}, async ({ page }) => {
      await page.goto(site.url);
      await page.keyboard.press("Tab");
      expect(await page.evaluate("document.activeElement.className")).toBe("skip");
      expect(await page.locator(".skip").boundingBox()).toMatchObject({ x: 0 });
      await page.keyboard.press("Enter");
      expect(await page.evaluate("document.activeElement.id")).toBe("main");
      await page.keyboard.press("Tab");
      expect(await page.evaluate("document.getElementById('main').contains(document.activeElement)")).toBe(true);
      const tops: number[] = [];
      for (let stop = 0; stop < 10; stop++) {
        tops.push(Number(await page.evaluate("document.activeElement.getBoundingClientRect().top + scrollY")));
        await page.keyboard.press("Tab");
      }
      expect(new Set(tops).size).toBeGreaterThan(5);
      expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).toBe("solid");
    });
  });

  test("without scripts, a form filters the items and a link leads to older ones", async () => {
    await look({ scripts: false }, async ({ page }) => {
      await page.goto(`${site.url}/items`);
      await page.getByRole("link", { name: "Older items" }).click();
      expect(page.url()).toContain("after=");
      await page.getByLabel("Words in the title").fill("camp 7");
      await page.getByLabel("Publisher").selectOption("us-state");
      await page.getByRole("button", { name: "Show" }).click();
      expect(await page.locator("main .list > li").count()).toBe(1);
      await page.getByRole("link", { name: "한국어" }).click();
      expect(page.url()).toContain("/ko/items?text=camp+7");
      expect(await page.locator("main .list > li").count()).toBe(1);
    });
  });

  test("on paper there is neither menu nor form, and links to elsewhere show their address", async () => {
    await look({}, async ({ page }) => {
      await page.goto(`${site.url}/items`);
      await page.emulateMedia({ media: "print" });
      expect(await page.locator("form.filter").isVisible()).toBe(false);
      expect(await page.locator(".top nav").isVisible()).toBe(false);
      expect(await page.evaluate("getComputedStyle(document.querySelector('.list a[rel]'), '::after').content")).toContain("https://");
    });
  });
});
