import { smtpSettings } from "../../local/smtp.ts";
import { type Address, parseWishes } from "../../shared/alerts/subscriptions.ts";
import { subscribe, subscriptionId, subscriptions } from "../../shared/records/subscriptions.ts";
import { askedAddress, asUsage } from "../asked-address.ts";
import type { Arguments, Command } from "../command.ts";
import type { Output } from "../output.ts";
import { dataFolder, readCatalogue, shownPath } from "../paths.ts";
import { messageOf } from "../../shared/fault.ts";
import { wishWords } from "../wish-words.ts";
import { withTable } from "../with-table.ts";

/** How alerts leave this machine, where that is not what the person may expect. */
function delivery({ protocol }: Address, folder: string): string | undefined {
  if (protocol !== "email") return `This machine sends no ${protocol === "sms" ? "SMS" : "requests"}: what the address would get is written to ${folder}/outbox/${protocol}.`;
  try {
    return smtpSettings(process.env) ? undefined : `No mail server is set: emails are written to ${folder}/outbox. To have them sent, set SMTP_URL=smtps://user:password@mail.example.org.`;
  } catch (error) {
    return messageOf(error);
  }
}

async function run(args: Arguments, output: Output): Promise<void> {
  const address = askedAddress("subscribe", args);
  const catalogue = await readCatalogue({ events: args.text("events"), sources: args.text("sources") });
  const wishes = asUsage(() => parseWishes({ series: args.list("series"), publishers: args.list("publisher"), kinds: args.list("kind"), languages: args.list("language") }, catalogue));
  const folder = dataFolder(args.text("data"));
  await withTable(folder, async (table) => {
    const id = subscriptionId(address.protocol, address.address);
    const before = (await subscriptions(table)).find((one) => one.id === id);
    const after = await subscribe(table, { ...address, wishes, language: "en" }, new Date().toISOString());
    if (args.flag("json")) output.json({ address: after.address, protocol: after.protocol, wishes: after.wishes, state: after.state, since: after.since });
    else output.line(`${after.address} gets ${wishWords(after.protocol, wishes, catalogue)}.`);
    if (before?.state === "active" && after.revision > before.revision) output.say("This stands in place of what it asked for before.");
    const remark = delivery(address, shownPath(folder));
    if (remark) output.say(remark);
  });
}

export const command: Command = {
  summary: "send alerts to an address",
  usage: "ADDRESS [--series ID]… [--publisher ID]… [--kind KIND]… [--language CODE]… [--data DIR] [--json]",
  help: `Sends alerts to an address from now on: an email address, a phone number (with + and the country's
code) or an https address. Without options it gets everything that is not for operators. One address
has one subscription: subscribing again replaces what it asked for. Also while the monitor runs.

  --series ID        only alerts on this series; each option may be given more than once,
                     or with commas between
  --publisher ID     only from this publisher
  --kind KIND        only this kind: edition (it is out), notice (it is announced), about (something
                     new of no series), late, blind, changes; for operators health, digest, correction
  --language CODE    only on items in this language: en, ko, fr
  --data DIR         the data folder (default .almanac)
  --json             the subscription as a line of JSON

examples:
  almanac subscribe ada@example.org
  almanac subscribe "+82 10 1234 5678" --kind edition --series us-state-tip-report
  almanac subscribe https://hooks.example.org/almanac --publisher ohchr --publisher un`,
  words: [0, 1],
  options: {
    email: { type: "string" },
    series: { type: "string", multiple: true },
    publisher: { type: "string", multiple: true },
    kind: { type: "string", multiple: true },
    language: { type: "string", multiple: true },
    data: { type: "string" },
    events: { type: "string" },
    sources: { type: "string" },
    json: { type: "boolean" },
  },
  run,
};
