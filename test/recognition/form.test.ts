import { describe, expect, test } from "vitest";
import { foldMarked } from "../../shared/recognition/fold.ts";
import { matcher } from "./catalogue.ts";

function holds(form: string, title: string): boolean {
  const match = matcher({ series: [{ id: "one", recognise: [{ role: "release", form: [form], from: ["state"] }] }] });
  return match({ title }).series === "one";
}

describe("a form of words", () => {
  test.each([
    ["World Report #", "World Report 2031: North Korea"],
    ["World Report #", "HRW WORLD REPORT 2031"],
    ["# Trafficking in Persons Report", "2031 Trafficking in Persons Report"],
    ["북한인권백서 #", "『북한인권백서 2031』"],
    ["#년 북한인권백서", "2031년 북한인권백서 발간"],
    ["북한인권백서 제#집", "2031 북한인권백서(제14집)"],
    ["^North Korea:", "DPRK: Repression Deepens"],
    ["^\"*\"*", "“They Watch Our Phones”: Surveillance in North Korea"],
    ["^\"*\"*", "&ldquo;They Watch Our Phones&rdquo;: Surveillance in North Korea"],
    ["^# human rights report$", "2031 Human Rights Report"],
    ["report * north korea", "Report of the Year on the DPRK"],
  ])("%s is in %s", (form, title) => expect(holds(form, title)).toBe(true));

  test.each([
    ["World Report #", "World Report: North Korea"],
    ["World Report #", "World Reports 2031"],
    ["북한인권백서 #", "2031 북한인권백서"],
    ["# 북한인권백서", "북한인권백서 2031"],
    ["북한인권백서 #", "북한인권백서 제14집"],
    ["^North Korea:", "North Korea Tightens Its Border"],
    ["^North Korea:", "HRW: North Korea: Repression"],
    ["^\"*\"*", "Victims of the “Paradise on Earth” Campaign Demand Justice"],
    ["^# human rights report$", "2031 Human Rights Report: Norway"],
  ])("%s is not in %s", (form, title) => expect(holds(form, title)).toBe(false));

  test("keeps quotation marks of every kind, and colons, as one", () => {
    for (const title of ["“A”: B", "„A“ : B", "«A»：B", "「A」: B", '"A":B', "&quot;A&quot;: B"]) expect({ title, folded: foldMarked(title) }).toEqual({ title, folded: '" a " : b' });
  });

  test("is said among the reasons, and what it needs where it fails", () => {
    const match = matcher({ series: [{ id: "one", recognise: [{ role: "release", title: ["report"], form: ["report #"] }] }] });
    expect(match({ title: "Report 2031" }).why).toContain('the title has the form "report #"');
    expect(match({ title: "Report" }).series).toBeNull();
  });
});
