import { placedAt } from "../../shared/records/history.ts";
import { sha256Of } from "../../shared/records/evidence.ts";
import { type House, openHouse } from "./house.ts";

const before = "Prisons hold 100 people. The rest is as it was in North Korea.";
const after = "Prisons hold 200 people. The rest is as it was in North Korea.";
const documents = new Map([before, after].map((text) => [sha256Of(text), new TextEncoder().encode(text)] as const));

/** A house with something on each page: items, a source that is blocked, an edition with evidence and changes. */
export async function openFurnished(): Promise<House> {
  const house = await openHouse("2026-11-25T12:00:00Z", { get: async (sha256) => documents.get(sha256) });
  await house.install("2026-01-01T00:00:00Z");
  await house.items(
    ...Array.from({ length: 60 }, (_, index) => ({ id: `example.org/${index}`, ...placedAt(`2026-${index < 30 ? "11" : "09"}-0${1 + (index % 9)}T10:00:00Z`), title: `North Korea: prison camp ${index}`, url: `https://example.org/${index}`, source: "us-state-press", why: ["it names a prison camp"], earlierTitles: ["Camp"] })),
    { id: "example.org/ko", ...placedAt("2026-11-20"), title: "북한 인권 보고서", language: "ko", source: "yonhap-nk-ko", relevance: "series", series: "us-state-tip-report", edition: "2026", role: "coverage" },
  );
  await house.source({ id: "us-state-press", health: "blocked", reason: "challenge", since: "2026-10-01T00:00:00Z", lastChange: "2026-09-30T00:00:00Z" });
  await house.source({ id: "us-state-all", health: "well", firstRead: "2026-01-01T00:00:00Z", lastChange: "2026-11-24T00:00:00Z" });
  const versions = [...documents.keys()].map((sha256) => ({ sha256, at: "2026-07-02T00:00:00Z", url: "https://www.state.gov/tip/", type: "text/plain", bytes: 60, key: "k", text: "t" }));
  await house.edition({
    series: "us-state-tip-report",
    key: "2026",
    year: 2026,
    ...placedAt("2026-07-01"),
    basis: "release",
    title: "2026 Trafficking in Persons Report: North Korea",
    url: "https://www.state.gov/tip/",
    published: "2026-07-01",
    sightings: [{ item: "example.org/1", role: "release", source: "us-state-press", at: "2026-07-01T15:00:00Z", title: "2026 Trafficking in Persons Report", url: "https://www.state.gov/tip/" }],
    sightingCount: 1,
    versions,
    changes: [{ alert: "changes:tip", at: "2026-07-02T00:00:00Z", sha256: sha256Of(after), before: { year: 2025, sha256: sha256Of(before), at: "2026-07-02T00:00:00Z" }, summary: ["“100” became “200”."], key: "k" }],
  });
  await house.edition({ series: "un-ga-dprk-resolution", key: "2026", year: 2026, ...placedAt("2026-11-23"), status: "announced", title: "Vote on 3 December", rings: [{ alert: "notice:x", kind: "notice", at: "2026-11-23T10:00:00Z", update: false, basis: null, title: "General Assembly to vote on 3 December 2026", url: "https://press.un.org/x", published: "2026-11-23", symbol: null, language: "en", source: "un-press", why: [] }] });
  await house.keep();
  return house;
}

/** One address of each kind of page. */
export const everyPage = ["/", "/year/2020", "/series/us-state-tip-report", "/series/us-state-cpc-designation", "/series/us-state-tip-report/2026", "/series/us-state-tip-report/2026/changes", "/items", "/item?id=example.org%2F1", "/sources", "/about", "/api", "/nothing"] as const;
