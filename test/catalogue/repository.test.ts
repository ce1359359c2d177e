import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hostOf } from "../../shared/catalogue/check-sources.ts";
import { checkCatalogue } from "../../shared/catalogue/checks.ts";
import { jsonSchemas } from "../../shared/catalogue/json-schema.ts";
import { loadCatalogue } from "../../shared/catalogue/load.ts";

const text = (name: string): string => readFileSync(join(import.meta.dirname, "../..", name), "utf8");
const catalogue = loadCatalogue({ name: "events.json", text: text("events.json") }, { name: "sources.json", text: text("sources.json") });
const enabled = catalogue.sources.filter(({ disabled }) => disabled === undefined);

/** Ids are keys in people's tables and subscriptions: this list only ever grows. */
const pinned = `
  us-state-human-rights-report us-state-irf-report us-state-terrorism-report us-state-tip-report
  us-tip-presidential-determination us-state-cpc-designation us-nkspea-304-report
  us-ofac-dprk-human-rights-sanctions us-uscirf-annual-report us-cecc-annual-report
  us-dprk-passport-restriction us-not-cooperating-fully-certification us-dprk-national-emergency-continuation
  us-drl-dprk-grants us-torture-victims-day-statement us-human-rights-day-statement
  us-north-korea-freedom-week-statement us-religious-prisoners-statement us-nkhra-reauthorization
  us-otto-warmbier-act us-sfops-appropriations us-special-envoy-nkhr un-hrc-dprk-resolution un-ga3-dprk-draft
  un-ga-dprk-resolution un-sr-dprk-report-hrc un-sr-dprk-report-ga un-sg-dprk-report-ga
  un-ohchr-dprk-accountability-report un-hc-dprk-oral-update un-ohchr-dprk-thematic-report
  un-ohchr-seoul-30aug-statement un-wgeid-annual-report un-wgeid-session-report
  un-sc-dprk-human-rights-meeting un-sc-dprk-joint-statement un-upr-dprk un-treaty-body-dprk
  un-sr-dprk-visit-statement un-ga-dprk-high-level-plenary un-sofi hrw-world-report hrw-special-report
  amnesty-annual-report freedom-house-fiw rsf-press-freedom-index opendoors-wwl walkfree-gsi ti-cpi
  eiu-democracy-index cato-human-freedom-index kinu-white-paper mou-nkhr-report nkdb-white-paper
  nkdb-religious-freedom-white-paper kba-nkhr-white-paper hrnk-report iba-nk-inquiry tjwg-report
  korea-future-report csw-nk-report fidh-nk-report nkhr-citizens-alliance link-nk uk-hrd-report
  eu-annual-hrd-report ep-nk-resolution eu-ghrsr eu-un-hr-priorities rok-mofa-unga-statement japan-abductions
`.trim().split(/\s+/);

test("the catalogue of the repository has no faults", () => {
  expect(checkCatalogue(catalogue, new Date().toISOString().slice(0, 10)).filter(({ level }) => level === "fault")).toEqual([]);
});

test("no series was renamed or lost", () => {
  const ids = new Set(catalogue.series.map(({ id }) => id));
  expect(pinned.length).toBeGreaterThanOrEqual(66);
  expect(pinned.filter((id) => !ids.has(id))).toEqual([]);
});

test("at least 60 enabled sources lie on at least 35 hosts", () => {
  expect(enabled.length).toBeGreaterThanOrEqual(60);
  expect(new Set(enabled.map(hostOf)).size).toBeGreaterThanOrEqual(35);
});

test("the State Department's press releases are read under the id that recordings use", () => {
  expect(enabled.find(({ id }) => id === "us-state-press")).toMatchObject({ publisher: "us-state", read: { as: "feed" } });
});

test.each(Object.entries(jsonSchemas()))("%s is the schema that the code enforces (npm run schema writes it)", (name, schema) => {
  expect(JSON.parse(text(name))).toEqual(schema);
});

test.each(["events", "sources"])("%s.json tells editors its schema on its first lines", (name) => {
  expect(text(`${name}.json`).slice(0, 60)).toContain(`"$schema": "./${name}.schema.json"`);
});

test("an editor is not told that fields with defaults are required", () => {
  const items = { required: ["id", "publisher", "url", "read"], additionalProperties: false };
  expect(JSON.parse(text("sources.schema.json"))).toMatchObject({ properties: { sources: { items } } });
});
