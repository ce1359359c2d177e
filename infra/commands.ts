import { UsageError } from "../shared/fault.ts";
import { stageNames } from "../shared/stage.ts";
import { cdkArguments, type StageArguments } from "./arguments.ts";
import { contact, monthlyBudget, operator, type Setting, settingsWith, smsAlarm } from "./variables.ts";

type Environment = Readonly<Record<string, string | undefined>>;

const mailbox = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;
const isAddress = (text: string): boolean => mailbox.test(text);
const isAtLeast = (least: number) => (text: string): boolean => /^\d+(\.\d+)?$/.test(text) && Number(text) >= least;

/** What the parameters of the template take (infra/settings.ts), said before anything is built or sent. */
const takes: readonly { readonly setting: Setting; readonly fits: (text: string) => boolean; readonly says: string }[] = [
  { setting: contact, fits: isAddress, says: "an email address" },
  { setting: operator, fits: (text) => text === "" || isAddress(text), says: "an email address, or empty for the contact" },
  { setting: monthlyBudget, fits: isAtLeast(1), says: "US dollars, 1 or more" },
  { setting: smsAlarm, fits: isAtLeast(0), says: "US dollars, such as 0.8" },
];

/** What the cdk command is given to deploy both stacks. Settings that the environment lacks stay as they were deployed. Throws UsageError without a contact, and where a setting cannot be meant. */
export function deployArguments(args: StageArguments, env: Environment, credentials: readonly string[]): string[] {
  if (!env[contact.variable]) {
    throw new UsageError("ALMANAC_CONTACT is not set: publishers find it in our user agent, and some refuse an agent without one. Deploy with ALMANAC_CONTACT=you@example.org npm run deploy");
  }
  for (const { setting, fits, says } of takes) {
    const value = env[setting.variable];
    if (value !== undefined && !fits(value)) throw new UsageError(`${setting.variable} is "${value}". It takes ${says}.`);
  }
  const { monitorStack } = stageNames(args.stage);
  const parameters = settingsWith(credentials).flatMap(({ variable, parameter }) => {
    const value = env[variable];
    return value === undefined ? [] : ["--parameters", `${monitorStack}:${parameter}=${value}`];
  });
  return ["deploy", "--all", ...parameters, ...(args.has("yes") ? ["--require-approval", "never"] : []), ...cdkArguments(args)];
}

/** One step of destroying a stage: a call of the cdk command, or emptying the bucket, which CloudFormation deletes only empty. */
type Step = { readonly cdk: readonly string[] } | { readonly emptyBucketOf: string };

/** What a person asked to be destroyed. */
interface Destruction {
  /** For a person who reads before anything is destroyed. */
  readonly warning: string;
  readonly steps: readonly Step[];
}

/**
 * How a stage is destroyed: the monitor alone, or with `--data` all that is kept as well. `outputs` is the file into
 * which the cdk command writes what the bucket is called. Throws UsageError where data would go without `--yes`.
 */
export function destruction(args: StageArguments, outputs: string): Destruction {
  const { stage } = args;
  const { monitorStack, recordsStack, table, alertsTopic } = stageNames(stage);
  const context = cdkArguments(args);
  const sure = args.has("yes");
  const destroy = (stack: string, ...more: readonly string[]): Step => ({ cdk: ["destroy", stack, "--exclusively", ...(sure ? ["--force"] : []), ...context, ...more] });
  if (!args.has("data")) return { warning: `The functions, queues, alarms and logs of stage ${stage} go. Its table, bucket and subscribers stay.`, steps: [destroy(monitorStack)] };
  const warning = `All of stage ${stage} goes, for ever: the table ${table}, every version of every object in the bucket, the topic ${alertsTopic} with the subscriptions that people confirmed, functions, alarms and logs.`;
  if (!sure) throw new UsageError(`${warning} Export the records first. If you mean it: npm run destroy -- --stage ${stage} --data --yes`);
  const unprotected = ["-c", "unprotected=true"];
  return {
    warning,
    steps: [
      destroy(monitorStack),
      { cdk: ["deploy", recordsStack, "--exclusively", "--require-approval", "never", "--outputs-file", outputs, ...context, ...unprotected] },
      { emptyBucketOf: recordsStack },
      destroy(recordsStack, ...unprotected),
    ],
  };
}
