import { join } from "node:path";
import { outboxPublisher } from "../../local/outbox.ts";
import { smtpSettings } from "../../local/smtp.ts";
import { takingNoted } from "../../local/taking.ts";
import { contactSetting } from "../../shared/alerts/contact-setting.ts";
import { composeTestAlert } from "../../shared/alerts/compose-test-alert.ts";
import { styleFor } from "../../shared/alerts/texts/languages.ts";
import type { Composed } from "../../shared/alerts/alert.ts";
import type { Publisher, Recipient } from "../../shared/alerts/publisher.ts";
import { messageOf } from "../../shared/fault.ts";
import { subscriptionId, subscriptions } from "../../shared/records/subscriptions.ts";
import type { Table } from "../../shared/records/table.ts";
import { askedAddress } from "../asked-address.ts";
import { type Arguments, type Command, Failure, UsageError } from "../command.ts";
import type { Output } from "../output.ts";
import { shownPath } from "../paths.ts";
import { type Target, targetHelp, targetName, targetOf, targetOption, targetOptions } from "../target.ts";
import { withTable } from "../with-table.ts";

/** How a message leaves this machine, and what to say of that. */
function here(table: Table, folder: string, allowLoopback: boolean, output: Output): { readonly publish: Publisher; readonly how: (protocol: string) => string } {
  const outbox = join(folder, "outbox");
  try {
    const smtp = smtpSettings(process.env);
    const say = (sentence: string): void => output.say(sentence);
    const publish = outboxPublisher({ folder: outbox, subscriptions: async () => [], smtp, webhooks: { secret: process.env["WEBHOOK_SECRET"] || undefined, allowLoopback, note: takingNoted(table, say) }, contact: contactSetting(process.env), say });
    return { publish, how: (protocol) => (protocol === "https" ? "was taken there" : protocol === "email" && smtp ? "was handed to the mail server" : `was written to ${shownPath(outbox)}, and not sent`) };
  } catch (error) {
    throw new Failure(messageOf(error), { cause: error });
  }
}

async function sendHere(publish: Publisher, alert: Composed, recipient: Recipient): Promise<void> {
  try {
    if ((await publish(alert, recipient)).length === 0) throw new Error("the address was refused for good");
  } catch (error) {
    throw new Failure(`The test did not get there: ${messageOf(error)}.`, { cause: error });
  }
}

const atSns = (stage: string): string => `was handed to SNS. Whether it arrives, the carrier or mail server decides; if it does not within some minutes, see whether the address is confirmed (\`almanac subscribers${stage}\`), and for SMS whether the account may send there`;

async function run(args: Arguments, output: Output): Promise<void> {
  const target: Target = targetOf(args);
  const { protocol, address } = await askedAddress("test-alert", args);
  const id = subscriptionId(protocol, address);
  await withTable(target, output, async (table, stage) => {
    const known = (await subscriptions(table)).find((one) => one.id === id && one.state !== "ended");
    if (!known) throw new UsageError(`${address} has no subscription in ${targetName(target)}, and nothing is sent to strangers. Subscribe it first: almanac subscribe ${address}${targetOption(target)}`);
    const at = new Date().toISOString();
    const alert = composeTestAlert(`test:${id}:${at}`, at, styleFor(known, { site: null, contact: contactSetting(process.env) }));
    const recipient = { id, protocol, address: known.address };
    if (stage) {
      const { withPublisher } = await import("../stage/publisher.ts");
      await withPublisher(stage, (publish) => publish(alert, recipient));
    }
    const way = stage || target.stage !== undefined ? undefined : here(table, target.folder, args.flag("allow-loopback"), output);
    if (way) await sendHere(way.publish, alert, recipient);
    if (args.flag("json")) output.json({ address: known.address, alert: alert.facts.id });
    else output.line(`A test to ${known.address} ${way ? way.how(protocol) : atSns(targetOption(target))}.`);
    if (known.state === "suspended") output.say("Its subscription was suspended, and goes on from now as it was. What came meanwhile is not sent.");
  });
}

export const command: Command = {
  summary: "send a test to one subscribed address",
  usage: "ADDRESS [--data DIR|--stage NAME] [--allow-loopback] [--json]",
  help: `Sends a message that says it is a test to one address, and to nobody else, in the way in which its alerts
come, whatever its pace and quiet hours. The address must be subscribed. On AWS it must be confirmed, and a
filter that was changed takes up to 15 minutes to let the message through. On one machine a web address that was
suspended, as it took nothing, gets alerts again if it takes the test.

${targetHelp}
  --allow-loopback   let a web address on this machine be reached
  --json             {address, alert} as a line of JSON

examples:
  almanac test-alert ada@example.org
  almanac test-alert "+82 10 1234 5678" --stage prod`,
  words: [0, 1],
  options: { email: { type: "string" }, ...targetOptions, "allow-loopback": { type: "boolean" }, json: { type: "boolean" } },
  run,
};
