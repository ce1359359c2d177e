import { expect, test } from "vitest";
import { compose } from "../../shared/alerts/compose.ts";
import { composeJson } from "../../shared/alerts/compose-json.ts";
import { tip, tipDocument } from "./facts.ts";

test("the JSON of an edition", () => {
  const json = composeJson(tipDocument, { subject: "Document seen", text: "Line one.\n" });
  expect(json).not.toContain("\n");
  expect(JSON.stringify(JSON.parse(json), null, 2)).toBe(`{
  "schema": "rights-almanac/alert/1",
  "alert": "edition-us-state-tip-report-2021-document",
  "kind": "edition",
  "series": "us-state-tip-report",
  "edition": 2021,
  "title": "2021 Trafficking in Persons Report",
  "url": "https://www.state.gov/reports/2021-trafficking-in-persons-report/",
  "at": "2021-07-02T06:00:00Z",
  "published": "2021-07-01",
  "publisher": "us-state",
  "basis": "release",
  "update": true,
  "why": [],
  "source": "us-state-press",
  "symbol": null,
  "language": "en",
  "seriesName": "Trafficking in Persons Report",
  "publisherName": "US State Department",
  "sourceName": "US State Department press releases",
  "earlier": [
    {
      "year": 2020,
      "released": "2020-06-25",
      "url": "https://www.state.gov/reports/2020-trafficking-in-persons-report/north-korea/"
    },
    {
      "year": 2019,
      "released": "2019-06-20",
      "url": null
    }
  ],
  "window": {
    "opens": "06-01",
    "closes": "10-15"
  },
  "due": {
    "day": "06-30",
    "law": "22 U.S.C. 7107(b)"
  },
  "late": null,
  "against": null,
  "changes": [],
  "evidence": null,
  "repeat": false,
  "corrects": null,
  "page": null,
  "subject": "Document seen",
  "text": "Line one.\\n"
}`);
});

test("an unsafe address is null, and a title has no direction marks", () => {
  const parsed: unknown = JSON.parse(compose({ ...tip, url: "javascript:alert(1)", title: "a\u202Eb" }).json);
  expect(parsed).toMatchObject({ url: null, title: "ab" });
});
