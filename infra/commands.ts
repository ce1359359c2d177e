import { stageNames } from "../shared/stage.ts";
import { settingsWith } from "./variables.ts";

const context = /^(?:-c|--context)(?:=(.*))?$/;

/** The stage that arguments of the cdk command name, as in `-c stage=test`; prod where they name none. */
export function stageOf(args: readonly string[]): string {
  const given = args.flatMap((arg, index) => {
    const [isContext, value] = context.exec(arg) ?? [];
    return isContext === undefined ? [] : [value ?? args[index + 1] ?? ""];
  });
  return given.findLast((pair) => pair.startsWith("stage="))?.slice("stage=".length) ?? "prod";
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What the cdk command is given to deploy both stacks. Settings that the environment lacks stay as they were deployed. Throws a sentence without a contact. */
export function deployArguments(args: readonly string[], env: Environment, credentials: readonly string[]): string[] {
  if (!env["ALMANAC_CONTACT"]) {
    throw new Error("ALMANAC_CONTACT is not set: publishers find it in our user agent, and some refuse an agent without one. Deploy with ALMANAC_CONTACT=you@example.org npm run deploy");
  }
  const { monitorStack } = stageNames(stageOf(args));
  const parameters = settingsWith(credentials).flatMap(({ variable, parameter }) => {
    const value = env[variable];
    return value === undefined ? [] : ["--parameters", `${monitorStack}:${parameter}=${value}`];
  });
  return ["deploy", "--all", ...parameters, ...args];
}

/** One step of destroying a stage: a call of the cdk command, or emptying the bucket, which CloudFormation deletes only empty. */
type Step = { readonly cdk: readonly string[] } | { readonly emptyBucketOf: string };

/** What a person asked to be destroyed. */
export interface Destruction {
  readonly stage: string;
  /** For a person who reads before anything is destroyed. */
  readonly warning: string;
  readonly steps: readonly Step[];
}

/**
 * How a stage is destroyed: the monitor alone, or with `--data` all that is kept as well. `outputs` is the file into
 * which the cdk command writes what the bucket is called. Throws a sentence where data would go without `--yes`.
 */
export function destruction(args: readonly string[], outputs: string): Destruction {
  const stage = stageOf(args);
  const { monitorStack, recordsStack, table, alertsTopic } = stageNames(stage);
  const [withData, sure] = [args.includes("--data"), args.includes("--yes")];
  const rest = args.filter((arg) => arg !== "--data" && arg !== "--yes");
  const destroy = (stack: string, ...more: readonly string[]): Step => ({ cdk: ["destroy", stack, "--exclusively", ...(sure ? ["--force"] : []), ...rest, ...more] });
  if (!withData) return { stage, warning: `The functions, queues, alarms and logs of stage ${stage} go. Its table, bucket and subscribers stay.`, steps: [destroy(monitorStack)] };
  const warning = `All of stage ${stage} goes, for ever: the table ${table}, every version of every object in the bucket, the topic ${alertsTopic} with the subscriptions that people confirmed, functions, alarms and logs.`;
  if (!sure) throw new Error(`${warning} Export the records first. If you mean it: npm run destroy -- ${stage === "prod" ? "" : `-c stage=${stage} `}--data --yes`);
  const unprotected = ["-c", "unprotected=true"];
  return {
    stage,
    warning,
    steps: [
      destroy(monitorStack),
      { cdk: ["deploy", recordsStack, "--exclusively", "--require-approval", "never", "--outputs-file", outputs, ...rest, ...unprotected] },
      { emptyBucketOf: recordsStack },
      destroy(recordsStack, ...unprotected),
    ],
  };
}
