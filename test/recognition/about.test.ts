import { expect, test } from "vitest";
import { matcher } from "./catalogue.ts";

const match = matcher({ sources: [{ id: "desk", publisher: "state", url: "https://desk.example/", read: { as: "feed" }, aboutCountry: true }] });

test.each([
  ["North Korea: human rights worsen", 'the title names the DPRK and "human rights"'],
  ["Inside a DPRK prison camp", 'the title names the DPRK and "prison camp"'],
  ["北, 인권결의 반발", 'the title names the DPRK and "인권"'],
  ["탈북민 정착 지원", 'the title names the DPRK and "탈북민"'],
])("%s is on human rights in the DPRK", (title, why) => expect(match({ title })).toMatchObject({ relevance: "about", series: null, edition: null, role: null, why: [why] }));

test.each(["Human rights in Myanmar", "Human rights in the Democratic Republic of the Congo", "North Korea holds a congress", "South Korea: human rights commission", "Abductions in Mexico"])("%s is not", (title) =>
  expect(match({ title }).relevance).toBe("none"));

test("a title on another subject is not, unless it is plainly on rights", () => {
  expect(match({ title: "North Korea missile test near prison camp" }).relevance).toBe("none");
  expect(match({ title: "Abductions at the North Korea summit" }).relevance).toBe("none");
  expect(match({ title: "Human rights at the North Korea summit" }).relevance).toBe("about");
});

test("where everything is on the DPRK, the right alone is enough", () => {
  expect(match({ title: "New prison camp found", source: "desk" })).toMatchObject({ relevance: "about", why: ['everything in this source is on the DPRK, and the title has "prison camp"'] });
  expect(match({ title: "New prison camp found" }).relevance).toBe("none");
  expect(match({ title: "New missile near prison camp", source: "desk" }).relevance).toBe("none");
});

test("the summary may give what the title lacks, in one sentence that holds both", () => {
  const summary = "He spoke of many things. In North Korea a prison camp holds thousands. More followed.";
  expect(match({ title: "A speech on human rights", summary })).toMatchObject({ relevance: "about", why: ["the summary says: “In North Korea a prison camp holds thousands.”"] });
  expect(match({ title: "A speech on North Korea", summary }).relevance).toBe("about");
  expect(match({ title: "A speech on trade", summary }).relevance).toBe("none");
  expect(match({ title: "A speech on human rights", summary: "North Korea was named. So was a prison camp." }).relevance).toBe("none");
  expect(match({ title: "A speech on human rights", summary: null }).relevance).toBe("none");
});

test("a long sentence of the summary is cut", () => {
  const [why = ""] = match({ title: "On human rights", summary: `In North Korea a prison camp ${"and more ".repeat(60)}` }).why;
  expect(why).toMatch(/…”$/);
  expect(why.length).toBeLessThan(240);
});

test("what is none says why", () => {
  expect(match({ title: "North Korea holds a congress" }).why).toEqual(["it names the DPRK, but neither a series nor a right"]);
  expect(match({ title: "Weather" }).why).toEqual(["no phrase of the catalogue is in its title"]);
});
