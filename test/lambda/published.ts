import type { Parts } from "../recognition/catalogue.ts";

/** This year. */
export const year = new Date().getUTCFullYear();
/** Now, ISO 8601. */
export const moment = (): string => new Date().toISOString();

/** A feed at a host of its own. */
export const feedAt = (id: string, publisher: string, host: string): NonNullable<Parts["sources"]>[number] => ({ id, publisher, url: `http://${host}/${id}`, read: { as: "feed" } });
const weekAgo = new Date(Date.now() - 7 * 86_400_000).toISOString();
/** A report that was out a week ago in each of the years before, and is not this year: its usual days were over yesterday. */
const overdue: NonNullable<Parts["series"]>[number] = { id: "overdue", name: "Report on Prisons", year: "release", recognise: [{ role: "release", title: ["report on prisons"] }], editions: [4, 3, 2, 1].map((ago) => ({ year: Number(weekAgo.slice(0, 4)) - ago, released: `${Number(weekAgo.slice(0, 4)) - ago}${weekAgo.slice(4, 10)}` })) };
/** A ministry that publishes, a council whose site is out of order, newspapers whose polls will die, and what only seems to be a publisher. */
export const parts: Parts = {
  series: [{ id: "tip", name: "Trafficking in Persons Report", year: "release", recognise: [{ role: "release", title: ["trafficking in persons report"] }], editions: [{ year: year - 1, released: `${year - 1}-07-01`, url: "http://state.example/last" }] }, overdue],
  sources: [{ ...feedAt("press", "state", "state.example"), carries: ["overdue"], manualCheck: { everyDays: 30, message: "Open the page." } }, feedAt("broken", "council", "council.example"), feedAt("daily", "daily", "daily.example"), feedAt("weekly", "daily", "weekly.example"), feedAt("inside", "daily", "127.0.0.1:8080")],
};
/** What the ministry publishes of itself. */
export const report = { title: `${year} Trafficking in Persons Report`, url: "http://state.example/tip", at: moment() };
/** What its page says. */
export const said = ["North Korea holds people in camps.", "Guards in the camps of North Korea beat prisoners.", "The government of North Korea forces children to work in mines."];
/** What concerns us, and what does not. */
export const camp = { title: "North Korea: a new prison camp", url: "https://daily.example/camp", at: moment() };
export const other = { title: "Travel to Norway", url: "https://state.example/norway", at: moment() };
