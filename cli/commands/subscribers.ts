import { subscriptions } from "../../shared/records/subscriptions.ts";
import type { Arguments, Command } from "../command.ts";
import { grid } from "../grid.ts";
import type { Output } from "../output.ts";
import { dataFolder, readCatalogue } from "../paths.ts";
import { wishWords } from "../wish-words.ts";
import { withTableIfAny } from "../with-table.ts";

async function run(args: Arguments, output: Output): Promise<void> {
  await withTableIfAny(dataFolder(args.text("data")), async (table) => {
    const all = table ? await subscriptions(table) : [];
    const active = all.filter(({ state }) => state === "active").toSorted((a, b) => (a.address < b.address ? -1 : 1));
    if (args.flag("json")) {
      for (const { address, protocol, wishes, state, since } of active) output.json({ address, protocol, wishes, state, since });
    } else {
      const catalogue = await readCatalogue({ events: args.text("events"), sources: args.text("sources") });
      const cells = active.map(({ address, protocol, wishes, since }) => [`since ${since.slice(0, 10)}`, address, wishWords(protocol, wishes, catalogue)]);
      for (const line of grid(cells, process.stdout.columns)) output.line(line);
    }
    const ended = all.length - active.length;
    if (active.length === 0) output.say("Nobody has subscribed: `almanac subscribe ADDRESS`.");
    if (ended > 0) output.say(`${ended} ended ${ended === 1 ? "subscription is" : "subscriptions are"} not shown`);
  });
}

export const command: Command = {
  summary: "show who gets alerts, and which",
  usage: "[--data DIR] [--json]",
  help: `Shows every address that gets alerts, since when, and which alerts it asked for.

  --data DIR         the data folder (default .almanac)
  --json             a line of JSON each: {address, protocol, wishes, state, since}

example:
  almanac subscribers`,
  options: { data: { type: "string" }, events: { type: "string" }, sources: { type: "string" }, json: { type: "boolean" } },
  run,
};
