import { subscriptionId, subscriptions, unsubscribe } from "../../shared/records/subscriptions.ts";
import { askedAddress } from "../asked-address.ts";
import { type Arguments, type Command, UsageError } from "../command.ts";
import type { Output } from "../output.ts";
import { dataFolder, shownPath } from "../paths.ts";
import { withTableIfAny } from "../with-table.ts";

async function run(args: Arguments, output: Output): Promise<void> {
  const { protocol, address } = askedAddress("unsubscribe", args);
  const folder = dataFolder(args.text("data"));
  await withTableIfAny(folder, async (table) => {
    const known = table ? (await subscriptions(table)).find(({ id }) => id === subscriptionId(protocol, address)) : undefined;
    if (!table || !known) throw new UsageError(`${address} has no subscription in ${shownPath(folder)}. \`almanac subscribers\` lists those that there are; --data DIR names another folder.`);
    const ended = await unsubscribe(table, protocol, address, new Date().toISOString());
    if (args.flag("json")) output.json({ address, protocol, ended });
    else output.line(ended ? `${address} gets no more alerts.` : `${address} gets none since ${known.since.slice(0, 10)}: its subscription has ended already.`);
  });
}

export const command: Command = {
  summary: "send an address no more alerts",
  usage: "ADDRESS [--data DIR] [--json]",
  help: `Ends the subscription of an address. It stays on record as ended, and \`almanac subscribe\` begins it
again. Also while the monitor runs.

  --data DIR         the data folder (default .almanac)
  --json             {address, protocol, ended} as a line of JSON

example:
  almanac unsubscribe ada@example.org`,
  words: [0, 1],
  options: { email: { type: "string" }, data: { type: "string" }, json: { type: "boolean" } },
  run,
};
