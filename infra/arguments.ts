import { parseArgs, type ParseArgsConfig } from "node:util";
import { messageOf, UsageError } from "../shared/fault.ts";
import { isStageName, stageNameRule } from "../shared/stage.ts";
import type { MailSettings } from "./mail.ts";

/** What a script of this room was told. */
export interface StageArguments {
  readonly stage: string;
  /** The profile of AWS whose credentials are used; nothing where the environment says it. */
  readonly profile: string | undefined;
  /** The address by which people know the site, for its feeds and for short links in messages. */
  readonly site: string | undefined;
  /** Where mail comes in; nothing where it does not. */
  readonly mail: MailSettings | undefined;
  readonly help: boolean;
  readonly has: (flag: string) => boolean;
}

const everywhere = { stage: { type: "string", default: "prod" }, profile: { type: "string" }, site: { type: "string" }, mail: { type: "string" }, "mail-rules": { type: "string" }, help: { type: "boolean", short: "h" } } as const;

/** What is wrong with a script's words, as we say it: Node's words speak to a programmer, and the CDK's own options would be lost in silence. */
function fault(script: string, error: unknown): UsageError {
  const message = messageOf(error);
  const [, option = ""] = /'(?:-\w, )?(--?[\w-]+)/.exec(message) ?? [];
  if (option === "-c" || option === "--context") return new UsageError(`The stage is named by --stage: npm run ${script} -- --stage test.`);
  if (/argument (missing|is ambiguous)/.test(message)) return new UsageError(`${option} needs a value after it.`);
  return new UsageError(message.startsWith("Unknown option") ? `npm run ${script} has no option ${option}.` : `${message.split(". To specify")[0]}.`);
}

/**
 * Reads the words after `npm run SCRIPT --`. An option that is unknown or given twice is refused, since a stage that is
 * named wrongly would be taken for prod. Throws UsageError with a sentence.
 */
export function stageArguments(script: string, words: readonly string[], flags: readonly string[] = []): StageArguments {
  const options: NonNullable<ParseArgsConfig["options"]> = { ...everywhere, ...Object.fromEntries(flags.map((flag) => [flag, { type: "boolean" }])) };
  let parsed: ReturnType<typeof parseArgs<{ options: typeof options; tokens: true; allowPositionals: true }>>;
  try {
    parsed = parseArgs({ args: [...words], options, tokens: true, allowPositionals: true });
  } catch (error) {
    throw fault(script, error);
  }
  const { values, positionals, tokens } = parsed;
  const [word] = positionals;
  // npm keeps `--stage` for itself where the two hyphens are missing, and hands on its value as a bare word.
  if (word !== undefined) throw new UsageError(`npm run ${script} takes options alone, and not "${word}". Write two hyphens before them: npm run ${script} -- --stage test.`);
  const names = tokens.flatMap((token) => (token.kind === "option" ? [token.name] : []));
  const again = names.find((name, index) => names.indexOf(name) !== index);
  if (again !== undefined) throw new UsageError(`--${again} is given twice.`);
  const { stage, profile, site, mail, "mail-rules": ruleSet } = values;
  if (typeof stage !== "string" || !isStageName(stage)) throw new UsageError(`"${String(stage)}" cannot be the name of a stage: ${stageNameRule}`);
  return { stage, profile: typeof profile === "string" ? profile : undefined, site: typeof site === "string" ? site : undefined, mail: mailSettings(mail, ruleSet), help: values["help"] === true, has: (flag) => values[flag] === true };
}

/** Where mail comes in, by an address and the name of a rule set; nothing where neither is given. Throws UsageError where they cannot be meant. */
export function mailSettings(address: unknown, ruleSet: unknown): MailSettings | undefined {
  if (address === undefined && ruleSet === undefined) return undefined;
  if (typeof address !== "string" || !/^[a-z0-9._+-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(address)) throw new UsageError("--mail takes the address that publishers write to, in small letters, such as --mail almanac@mail.example.org.");
  if (typeof ruleSet !== "string" || !/^[\w-]{1,64}$/.test(ruleSet)) throw new UsageError("--mail needs --mail-rules as well: the name of the rule set of SES that is active in the account and region, or, where none is, of one that deploying makes, such as almanac.");
  return { address, ruleSet };
}

/** The options by which the cdk command is told the same. */
export function cdkArguments({ stage, profile, site, mail, has }: StageArguments): string[] {
  return ["-c", `stage=${stage}`, ...(has("no-budget") ? ["-c", "budget=none"] : []), ...(has("no-site") ? ["-c", "pages=none"] : []), ...(site === undefined ? [] : ["-c", `site=${site}`]), ...(mail === undefined ? [] : ["-c", `mail=${mail.address}`, "-c", `mailRules=${mail.ruleSet}`]), ...(profile === undefined ? [] : ["--profile", profile])];
}

/** What `--help` prints of a script: its own lines, and those on the options that each has. */
export function usageOf(script: string, does: string, own: readonly string[] = []): string {
  return [`usage: npm run ${script} -- [options]`, "", does, "", "  --stage NAME    the stage (default prod)", "  --profile NAME  the profile of AWS whose credentials are used (default AWS_PROFILE)", "  --site URL      the address by which people know the site, for its feeds and for short links in SMS", "  --mail ADDRESS, --mail-rules NAME   take mail (docs/mail.md): its address, and the rule set of SES", ...own].join("\n");
}

/** The flags by which parts of a stage are left out, and the lines that help has on them. */
export const leftOut = {
  flags: ["no-budget", "no-site"],
  help: ["  --no-budget     without the budget, which some regions do not have", "  --no-site       without the site"],
} as const;
