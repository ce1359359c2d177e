import type { Call } from "./calls.ts";

/** One statement of a policy, with the names of resources written out. */
export interface Statement {
  readonly effect: "Allow" | "Deny";
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** By operator, by key: the values of which one must fit. */
  readonly conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** Whether a text fits a pattern as IAM has them: `*` for any run of characters, `?` for one. */
export function fits(pattern: string, text: string): boolean {
  const source = pattern.replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`).replaceAll("*", ".*").replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(text);
}

type Comparison = (wanted: string, found: string) => boolean;

const comparisons: Readonly<Record<string, Comparison>> = {
  StringEquals: (wanted, found) => wanted === found,
  StringLike: fits,
  ArnEquals: fits,
  ArnLike: fits,
  Bool: (wanted, found) => wanted.toLowerCase() === found.toLowerCase(),
};

/** Whether one condition holds, with what IAM says of a key that the call does not have. Throws for operators that no policy of ours uses. */
function holds(operator: string, wanted: readonly string[], found: readonly string[] | undefined): boolean {
  const [, quantifier = "", name = ""] = /^(ForAllValues:|ForAnyValue:)?(.*)$/.exec(operator) ?? [];
  const compare = comparisons[name];
  if (!compare) throw new Error(`a policy uses the condition ${operator}, which is not known here: teach it to test/lambda/policy.ts`);
  const fitting = (value: string): boolean => wanted.some((one) => compare(one, value));
  // Also true where the call has no such key, which is why such a condition alone guards nothing.
  if (quantifier === "ForAllValues:") return (found ?? []).every(fitting);
  return (found ?? []).some(fitting);
}

function applies({ resources, conditions }: Statement, { resource, context }: Call): boolean {
  return (
    resources.some((pattern) => fits(pattern, resource)) &&
    Object.entries(conditions).every(([operator, keys]) => Object.entries(keys).every(([key, wanted]) => holds(operator, wanted, context[key])))
  );
}

/** IAM compares actions without regard to case. */
const names = (pattern: string, action: string): boolean => fits(pattern.toLowerCase(), action.toLowerCase());

/** Whether a role with these statements may make a call: one must allow it, and none deny it. */
export function allows(statements: readonly Statement[], call: Call): boolean {
  const applying = statements.filter((statement) => statement.actions.some((pattern) => names(pattern, call.action)) && applies(statement, call));
  return applying.some(({ effect }) => effect === "Allow") && applying.every(({ effect }) => effect === "Allow");
}

const keysOf = "dynamodb:LeadingKeys";

/**
 * The actions and resources, as `action on resource`, that are allowed and that none of the calls needs. Each partition
 * that a statement names counts as a resource of its own.
 */
export function idle(statements: readonly Statement[], calls: readonly Call[]): string[] {
  return statements.flatMap((statement) => {
    if (statement.effect === "Deny") return [];
    const using = calls.filter((call) => applies(statement, call));
    const actions = statement.actions.filter((pattern) => !using.some(({ action }) => names(pattern, action)));
    const needing = using.filter(({ action }) => statement.actions.some((one) => names(one, action)));
    const resources = statement.resources.filter((pattern) => !needing.some(({ resource }) => fits(pattern, resource)));
    const keys = Object.values(statement.conditions).flatMap((values) => values[keysOf] ?? []);
    const partitions = keys.filter((pattern) => !needing.some(({ context }) => (context[keysOf] ?? []).some((key) => fits(pattern, key))));
    return [...actions.map((action) => `${action} on ${statement.resources.join(", ")}`), ...[...resources, ...partitions].map((resource) => `${statement.actions.join(", ")} on ${resource}`)];
  });
}
