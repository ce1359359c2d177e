import type { App } from "aws-cdk-lib/core";
import type { StageNames } from "../shared/stage.ts";
import type { MailSettings } from "./mail.ts";
import { MonitorStack } from "./monitor.ts";
import { RecordsStack } from "./records.ts";

/** What is deployed, and from where. */
export interface Deployment {
  readonly names: StageNames;
  readonly bundles: string;
  readonly credentials: readonly string[];
  readonly isProtected: boolean;
  /** Whether AWS Budgets watches the account's bill, for which not every region has a way. */
  readonly hasBudget: boolean;
  /** Whether the site is deployed. */
  readonly hasSite: boolean;
  /** The address of the site where editions have pages, as people were told it. */
  readonly site?: string | undefined;
  /** Where mail comes in; left out where it does not. */
  readonly mail?: MailSettings | undefined;
}

/** Adds the two stacks of a stage to an app. */
export function addAlmanac(app: App, { names, bundles, credentials, isProtected, hasBudget, hasSite, site, mail }: Deployment): { readonly records: RecordsStack; readonly monitor: MonitorStack } {
  const records = new RecordsStack(app, { names, isProtected, mail });
  const monitor = new MonitorStack(app, { names, bundles, credentials, hasBudget, hasSite, site, mail });
  monitor.addStackDependency(records, "It reaches the table, the bucket and the topic by their names.");
  return { records, monitor };
}
