import * as fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalAddress, foldHost } from "../../shared/recognition/canonical.ts";

test.each([
  ["https://www.state.gov/reports/2020-trafficking-in-persons-report/", "state.gov/reports/2020-trafficking-in-persons-report"],
  ["http://www.state.gov/reports/2020-trafficking-in-persons-report", "state.gov/reports/2020-trafficking-in-persons-report"],
  ["https://2017-2021.state.gov/reports/2020-trafficking-in-persons-report/", "state.gov/reports/2020-trafficking-in-persons-report"],
  ["https://2021-2025.state.gov/reports/2020-trafficking-in-persons-report/index.html", "state.gov/reports/2020-trafficking-in-persons-report"],
  ["https://2009-2017.state.gov/j/drl/rls/hrrpt/", "2009-2017.state.gov/j/drl/rls/hrrpt"],
  ["https://press.un.org/en/2021/gashc4339.doc.htm", "press.un.org/GA/SHC/4339"],
  ["http://www.un.org/press/en/2021/gashc4339.doc.htm", "press.un.org/GA/SHC/4339"],
  ["https://static.un.org/press/en/2021/gashc4339.doc.htm", "press.un.org/GA/SHC/4339"],
  ["https://press.un.org/fr/2021/gashc4339.doc.htm", "press.un.org/GA/SHC/4339"],
  ["https://press.un.org/en/content/third-committee", "press.un.org/en/content/third-committee"],
  ["https://m-en.yna.co.kr/view/AEN20200717002700325?section=nk", "en.yna.co.kr/view/AEN20200717002700325?section=nk"],
  ["https://www.example.org/a?utm_source=x&b=2&fbclid=1&a=1&empty=", "example.org/a?a=1&b=2"],
  ["https://www.example.org/a?b=2&a=1#top", "example.org/a?a=1&b=2"],
  ["https://EXAMPLE.org:443/Path//to/", "example.org/Path/to"],
  ["https://example.org:8443/a", "example.org:8443/a"],
  ["https://example.org/%e2%80%99a%2Db", "example.org/’a-b"],
  ["https://example.org/%E2%80%99a-b", "example.org/’a-b"],
  ["https://example.org/100%-sure", "example.org/100%-sure"],
  ["https://example.org/", "example.org"],
  ["https://example.org", "example.org"],
])("%s is %s", (address, canonical) => expect(canonicalAddress(address)).toBe(canonical));

test.each(["", "no address", "mailto:a@example.org", "javascript:alert(1)", "/relative"])("%j has none", (address) => expect(canonicalAddress(address)).toBeUndefined());

test.each([
  ["WWW.UN.ORG", "un.org"],
  ["static.un.org", "un.org"],
  ["treasury.gov", "home.treasury.gov"],
  ["news.un.org", "news.un.org"],
  ["www.state.gov.", "state.gov"],
])("the host %s is %s", (host, folded) => expect(foldHost(host)).toBe(folded));

test("the order of the query, the scheme and a fragment do not matter, for any address", () => {
  const parts = fc.record({ path: fc.webPath(), query: fc.uniqueArray(fc.tuple(fc.stringMatching(/^[b-q]{1,3}$/), fc.stringMatching(/^[a-z0-9]{1,4}$/)), { selector: ([name]) => name, maxLength: 4 }) });
  fc.assert(
    fc.property(parts, ({ path, query }) => {
      const written = (pairs: typeof query): string => pairs.map(([name, value]) => `${name}=${value}`).join("&");
      const one = canonicalAddress(`https://www.example.org${path}?${written(query)}`);
      expect(canonicalAddress(`http://example.org${path}?${written(query.toReversed())}&utm_medium=rss#part`)).toBe(one);
    }),
  );
});
