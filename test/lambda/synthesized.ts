import { App } from "aws-cdk-lib/core";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { catalogueCredentials } from "../../infra/credentials.ts";
import type { MailSettings } from "../../infra/mail.ts";
import { MonitorStack } from "../../infra/monitor.ts";
import { RecordsStack } from "../../infra/records.ts";
import { stageNames, type StageNames } from "../../shared/stage.ts";
import { type Deployment, deploymentOf } from "./deployment.ts";
import type { Template } from "./intrinsics.ts";

/** What a stage deploys, and the templates that say so, by the names of their files. */
export interface Synthesized {
  readonly deployment: Deployment;
  readonly templates: Readonly<Record<string, Template>>;
}

/** An answer to every parameter that has none of its own, an address among them. */
function parametersOf({ Parameters = {} }: Template): [string, string][] {
  return Object.entries(Parameters).flatMap(([id, { Default }]) => (Default === undefined || Default === "" ? [[id, "operator@example.org"]] : []));
}

function stacksOf(app: App, names: StageNames, bundles: string, mail: MailSettings | undefined): readonly { readonly stackName: string; readonly templateFile: string }[] {
  return [new RecordsStack(app, { names, isProtected: true, mail }), new MonitorStack(app, { names, bundles, credentials: catalogueCredentials(), hasBudget: true, hasSite: true, mail })];
}

/** Synthesizes a stage with the bundles of a folder, under the flags of cdk.json. What CloudFormation and cdk-nag think of it is asked elsewhere: that takes many seconds. */
export function synthesize(stage: string, bundles: string, mail?: MailSettings): Synthesized {
  const outdir = mkdtempSync(join(tmpdir(), "almanac-synth-"));
  try {
    const { context }: { context: Record<string, unknown> } = JSON.parse(readFileSync(join(import.meta.dirname, "../../cdk.json"), "utf8"));
    const app = new App({ outdir, analyticsReporting: false, builtinCloudFormationValidation: false, context: { ...context, "aws:cdk:disable-asset-staging": true } });
    const stacks = stacksOf(app, stageNames(stage), bundles, mail);
    const assembly = app.synth();
    const templates = Object.fromEntries(stacks.map(({ stackName, templateFile }): [string, Template] => [templateFile, assembly.getStackByName(stackName).template]));
    const parameters = Object.fromEntries(Object.values(templates).flatMap(parametersOf));
    return { deployment: deploymentOf(Object.values(templates), parameters), templates };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
