import { expect, test } from "vitest";
import type { Stored } from "../../shared/records/table.ts";
import { other, usual } from "./parts.ts";
import { openStage, type Stage } from "./stage.ts";

// Each was found by the simulation (test/simulation): one of several editions of a year rang twice.
const call = { title: "Request for Proposals: Radio", url: "https://state.example/radio", at: "2021-12-31T20:00:00Z" };
const undated = { title: call.title, url: call.url };

async function withStage(work: (stage: Stage) => Promise<void>, before?: (record: Stored) => void): Promise<void> {
  const stage = await openStage({ parts: usual, ...(before ? { watcher: { before } } : {}) });
  try {
    for (const path of ["/press", "/reports"]) stage.site.feed(path, [other(1), other(2)]);
    await stage.poll("press", "reports");
    stage.jump("2021-12-31T21:00:00Z");
    await work(stage);
  } finally {
    await stage.close();
  }
}

test("an item that is dated anew from one year into another stays with its edition", () =>
  withStage(async (stage) => {
    stage.site.feed("/press", [call, other(1)]);
    expect(await stage.rings("press")).toEqual(["edition grants 2021 release “Request for Proposals: Radio”"]);
    stage.site.feed("/press", [{ ...call, at: "2022-01-01T09:00:00Z" }, other(1)]);
    expect(await stage.rings("press")).toEqual([]);
    stage.site.feed("/press", [{ ...call, at: "2022-09-01T09:00:00Z" }, other(1)]);
    expect(await stage.rings("press")).toEqual(["edition grants 2022 release “Request for Proposals: Radio”"]);
  }));

test("an item that loses its day over New Year stays with its edition", () =>
  withStage(async (stage) => {
    stage.site.feed("/press", [call, other(1)]);
    expect(await stage.rings("press")).toHaveLength(1);
    stage.jump("2022-01-02T09:00:00Z");
    stage.site.feed("/reports", [{ ...undated, title: "Request for Proposals: Radio (corrected)" }, other(1)]);
    expect(await stage.rings("reports")).toEqual([]);
  }));

test("an item without a day that is edited stays with its edition, and so when it has its day again", () =>
  withStage(async (stage) => {
    stage.site.feed("/press", [undated, other(1)]);
    expect(await stage.rings("press")).toEqual(["edition grants 2021 release “Request for Proposals: Radio”"]);
    stage.site.feed("/press", [{ ...undated, title: "Request for Proposals: Radio (corrected)" }, other(1)]);
    expect(await stage.rings("press")).toEqual([]);
    expect(await stage.items()).toMatchObject([{ title: "Request for Proposals: Radio (corrected)", edition: (await stage.editions("grants"))[0]?.key }]);
    stage.site.feed("/reports", [{ ...call, title: "Request for Proposals: Radio (final)" }, other(1)]);
    expect(await stage.rings("reports")).toEqual([]);
  }));

test("a notice that is edited into the release itself, without a date or a year, rings as the edition that it announced", () =>
  withStage(async (stage) => {
    const url = "https://state.example/tip";
    stage.site.feed("/press", [{ title: "To Release: Trafficking in Persons Report", url, at: "2021-12-31T20:00:00Z" }, other(1)]);
    const [notice] = await stage.rings("press");
    stage.jump("2022-01-02T20:00:00Z");
    stage.site.feed("/press", [{ title: "Trafficking in Persons Report", url }, other(1)]);
    const [release] = await stage.rings("press");
    expect([notice, release]).toEqual(["notice tip 2021 “To Release: Trafficking in Persons Report”", "edition tip 2021 release “Trafficking in Persons Report”"]);
  }));

test("an item without a date that names another year now is another edition", () =>
  withStage(async (stage) => {
    const url = "https://state.example/tip";
    stage.site.feed("/press", [{ title: "2021 Trafficking in Persons Report", url }, other(1)]);
    expect(await stage.rings("press")).toEqual(["edition tip 2021 release “2021 Trafficking in Persons Report”"]);
    stage.site.feed("/press", [{ title: "2022 Trafficking in Persons Report", url }, other(1)]);
    expect(await stage.rings("press")).toEqual(["edition tip 2022 release “2022 Trafficking in Persons Report”"]);
  }));

test.each([
  ["names its year", "2021 Trafficking in Persons Report", "edition tip 2021 release “2021 Trafficking in Persons Report”"],
  ["names none", call.title, "edition grants 2021 release “Request for Proposals: Radio”"],
])("an item without a date that is listed again in another year is the edition that it was, also where it %s", (_, title, rung) =>
  withStage(async (stage) => {
    stage.site.feed("/press", [{ ...undated, title }, other(1)]);
    expect(await stage.rings("press")).toEqual([rung]);
    stage.site.feed("/reports", [{ ...call, title }, other(1)]);
    expect(await stage.rings("reports")).toEqual([]);
    stage.site.feed("/press", [other(1), other(2)]);
    await stage.poll("press");
    stage.jump("2022-09-16T09:00:00Z");
    stage.site.feed("/press", [{ ...undated, title }, other(1), other(2)]);
    expect(await stage.rings("press")).toEqual([]);
  }));

test("an item that two sources show at one moment with different words is one edition", () =>
  withStage(async (stage) => {
    stage.site.feed("/press", [call, other(1)]);
    stage.site.feed("/reports", [{ ...call, title: "Request for Proposals: Radio (corrected)" }, other(1)]);
    expect(await stage.rings("press", "reports")).toHaveLength(1);
    expect(await stage.editions("grants")).toHaveLength(1);
  }));

test("an item that is edited after a poll that ended in the middle is one edition", async () => {
  let isBroken = true;
  const away = ({ pk, kind }: Stored): void => {
    if (kind === "source" && pk === "SOURCE#press" && isBroken) throw new Error("The table is away.");
    if (kind === "item" && isBroken && ++items === 2) throw new Error("The table is away.");
  };
  let items = 0;
  isBroken = false;
  await withStage(async (stage) => {
    isBroken = true;
    stage.site.feed("/press", [call, other(1)]);
    await expect(stage.poll("press")).rejects.toThrow("away");
    expect(await stage.editions("grants")).toHaveLength(1);
    isBroken = false;
    stage.site.feed("/press", [{ ...call, title: "Request for Proposals: Radio (corrected)" }, other(1)]);
    await stage.poll("press");
    expect((await stage.editions("grants")).map(({ owed }) => owed?.size)).toEqual([1]);
  }, away);
});
