import { subscriptions } from "../../shared/records/subscriptions.ts";
import { type Arguments, type Command, UsageError } from "../command.ts";
import type { Output } from "../output.ts";
import { targetOf, targetOptions } from "../target.ts";
import { withTable } from "../with-table.ts";

/** The token alone, or in the link of the mail from SNS. */
function tokenIn(text: string): string {
  const url = URL.parse(text);
  const token = url && /^https?:$/.test(url.protocol) ? url.searchParams.get("Token") : text.trim();
  const give = "give the whole link of the mail that asks to confirm, in quotes, or what stands in it after Token=.";
  if (!token) throw new UsageError(`${JSON.stringify(text)} has no token: ${give}`);
  if (!/^[A-Za-z0-9:_-]{8,}$/.test(token)) throw new UsageError(`${JSON.stringify(token)} is no token of SNS, or only part of one: ${give}`);
  return token;
}

async function run(args: Arguments, output: Output): Promise<void> {
  const target = targetOf(args);
  const given = args.text("token");
  if (target.stage === undefined) throw new UsageError("Only SNS asks to confirm: name the stage on AWS with --stage NAME. On one machine nobody has to.");
  if (given === undefined) throw new UsageError('Which token? Give the link of the mail that asks to confirm: almanac confirm --stage prod --token "https://sns…"');
  const token = tokenIn(given);
  await withTable(target, output, async (table, stage) => {
    if (!stage) return;
    const { withTopic } = await import("../stage/topic.ts");
    const arn = await withTopic(stage, (topic) => topic.confirm(token));
    const address = (await subscriptions(table)).find(({ sns }) => sns?.arn === arn)?.address;
    if (args.flag("json")) output.json({ address: address ?? null, confirmed: true });
    else output.line(`${address ?? "An address that is not on record here"} is confirmed, and gets what it asked for.`);
    output.say("The link under its mails ends nothing any more, so that no program which checks mail can: to end it, use `almanac unsubscribe`.");
  });
}

export const command: Command = {
  summary: "confirm a subscription at SNS",
  usage: "--token TOKEN|LINK --stage NAME [--json]",
  help: `Confirms an address that SNS has asked by mail, with the token in that mail. Whoever owns the address sends
you the link, without opening it. Who opens it has confirmed as well, but then anybody can unsubscribe them
by the link under each mail, and programs that check mail open links. Confirmed like this, only
\`almanac unsubscribe\` ends it. One that was confirmed by its link has to be ended and asked again first.

  --token TOKEN      the link of the mail, in quotes, or its token alone
  --stage NAME       the stage on AWS
  --json             {address, confirmed} as a line of JSON

examples:
  almanac confirm --stage prod --token "https://sns.eu-west-1.amazonaws.com/confirmation.html?TopicArn=…&Token=…"`,
  options: { token: { type: "string" }, ...targetOptions, json: { type: "boolean" } },
  run,
};
