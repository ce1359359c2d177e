import * as fc from "fast-check";
import { expect, test } from "vitest";
import { compose } from "../../shared/alerts/compose.ts";
import { anyFacts, tipDocument } from "./facts.ts";

const changed = {
  ...tipDocument,
  id: "changes:us-state-tip-report:2021",
  kind: "changes",
  update: false,
  changes: { against: 2020, summary: ["43% of the 2021 edition stands in the same words and place in the 2020 edition. 2 sentences are new, 1 gone.", "A number changed from 517 to 612, in “Prisons”: “… held 612 prisoners …”."] },
} as const;

test("the email of what is new has the sentences, the link, and how far to trust them", () => {
  const { email } = compose(changed);
  expect(email.subject).toBe("What is new: Trafficking in Persons Report 2021 (US State Department)");
  expect(email.text.split("\n-- \n")[0]).toBe(`What is new in Trafficking in Persons Report 2021 (US State Department),
against the edition of 2020.

"2021 Trafficking in Persons Report"

- 43% of the 2021 edition stands in the same words and place in the 2020
  edition. 2 sentences are new, 1 gone.
- A number changed from 517 to 612, in “Prisons”: “… held 612 prisoners
  …”.

https://www.state.gov/reports/2021-trafficking-in-persons-report/

Published: 1 July 2021 (no time was given)
As of: 2 July 2021, 06:00 UTC

A program compared the two texts by rules, without judging them: read
the document for what matters to you.

Usual window: 1 June to 15 October.
Statutory day 30 June.

Last year's edition (2020): 25 June 2020
https://www.state.gov/reports/2020-trafficking-in-persons-report/north-korea/
`);
});

test("what changed in the edition itself since it came out is told as that", () => {
  const own = { ...changed, update: true, changes: { ...changed.changes, against: null } };
  expect(compose(own).email.subject).toBe("Changed since: Trafficking in Persons Report 2021 (US State Department)");
  expect(compose(own, { language: "ko", site: null }).email.subject).toBe("발표 후 수정: Trafficking in Persons Report 2021 (US State Department)");
});

test("its SMS has the link, and its JSON the sentences", () => {
  const { sms, json } = compose(changed);
  expect(sms).toContain("What is new: ");
  expect(JSON.parse(json)).toMatchObject({ kind: "changes", against: 2020, changes: changed.changes.summary });
});

test("an alert of another kind has none of it", () => {
  const { email, json } = compose(tipDocument);
  expect(email.text).not.toContain("compared");
  expect(JSON.parse(json)).toMatchObject({ against: null, changes: [] });
});

test("sentences of any kind make one line of the JSON and no wider lines of the email", () => {
  const facts = fc.record({ facts: anyFacts, summary: fc.array(fc.string({ unit: "binary", maxLength: 900 }), { maxLength: 40 }) });
  fc.assert(
    fc.property(facts, ({ facts: any, summary }) => {
      const { json, email } = compose({ ...any, kind: "changes", changes: { against: 2020, summary } });
      expect(json).not.toContain("\n");
      expect(email.text).not.toMatch(/[\u202a-\u202e]/);
    }),
  );
});
