import { describe, expect, test } from "vitest";
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

describe("words besides rights", () => {
  const broad = matcher({ about: { country: ["Pyongyang", "abductions"], never: ["in Gaza"], publishers: ["council"] } });

  test("some mean the country, and one of rights may mean it itself", () => {
    expect(broad({ title: "Pyongyang denies prison camp" })).toMatchObject({ relevance: "about", why: ['the title names "Pyongyang", which means the DPRK, and "prison camp"'] });
    expect(broad({ title: "Families mark the abductions" }).relevance).toBe("about");
    expect(broad({ title: "Pyongyang holds a congress" }).relevance).toBe("none");
  });

  test("some say that it is on somebody else's rights, whatever else is there", () => expect(broad({ title: "North Korea on human rights in Gaza" }).relevance).toBe("none"));

  test("a publisher who writes of rights alone needs but the country in the title", () => {
    expect(broad({ title: "North Korea holds a congress", source: "council" })).toMatchObject({ relevance: "about", why: ["the title names the DPRK and HRC writes of rights alone"] });
    expect(broad({ title: "North Korea holds a summit", source: "council" }).relevance).toBe("none");
    expect(broad({ title: "Myanmar holds a congress", source: "council" }).relevance).toBe("none");
  });
});

test("sponsors and the name of a site do not count", () => {
  expect(match({ title: "The right to food: human rights resolution / Cuba, North Korea" }).relevance).toBe("none");
  expect(match({ title: "North Korea holds a congress | Human Rights Council" }).relevance).toBe("none");
});

test("what is none says why", () => {
  expect(match({ title: "North Korea holds a congress" }).why).toEqual(["it names the DPRK, but neither a series nor a right"]);
  expect(match({ title: "Weather" }).why).toEqual(["no phrase of the catalogue is in its title"]);
});
