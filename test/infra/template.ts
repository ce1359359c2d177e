import { Template } from "aws-cdk-lib/assertions";
import { App } from "aws-cdk-lib/core";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addAlmanac } from "../../infra/almanac.ts";
import type { MailSettings } from "../../infra/mail.ts";
import { functionNames, stageNames } from "../../shared/stage.ts";
import type { Template as Deployed } from "../lambda/intrinsics.ts";

const root = join(import.meta.dirname, "../..");

/** The stage that tests synthesize, and the settings that its deployment is given. */
export const names = stageNames("test");
export const parameters = { ContactAddress: "contact@example.org", ReliefwebAppname: "almanac-test" } as const;

const folder = mkdtempSync(join(tmpdir(), "almanac-infra-"));
process.once("exit", () => rmSync(folder, { recursive: true }));

/** In place of built functions, which templates only name. */
const standInBundles = join(folder, "functions");
for (const name of functionNames) {
  mkdirSync(join(standInBundles, name), { recursive: true });
  writeFileSync(join(standInBundles, name, "index.mjs"), "");
}

const { context }: { readonly context: Readonly<Record<string, unknown>> } = JSON.parse(readFileSync(join(root, "cdk.json"), "utf8"));

interface Asked {
  readonly isProtected?: boolean;
  readonly isChecked?: boolean;
  readonly hasBudget?: boolean;
  readonly hasSite?: boolean;
  readonly mail?: MailSettings;
}

/** Where mail comes in, for tests that take it. */
export const mailSettings: MailSettings = { address: "almanac@mail.example.org", ruleSet: "ours" };

/** An app with both stacks, under the flags of cdk.json; no bundle is copied. The CDK's own check of templates takes seconds, so it has that only where it is asked for. */
export function almanacApp({ isProtected = true, isChecked = false, hasBudget = true, hasSite = true, mail }: Asked = {}): { readonly app: App } & ReturnType<typeof addAlmanac> {
  const app = new App({
    analyticsReporting: false,
    outdir: mkdtempSync(join(folder, "out-")),
    builtinCloudFormationValidation: isChecked,
    context: { ...context, "aws:cdk:disable-asset-staging": true },
  });
  return { app, ...addAlmanac(app, { names, bundles: standInBundles, credentials: ["RELIEFWEB_APPNAME"], isProtected, hasBudget, hasSite, mail }) };
}

const deployed = almanacApp();

/** The templates of both stacks, synthesized once for all tests of a worker. */
export const records = Template.fromStack(deployed.records);
export const monitor = Template.fromStack(deployed.monitor);

/** The same, as CloudFormation takes them. */
export const templates: readonly Deployed[] = [records, monitor].map((template) => ({ Resources: {}, ...template.toJSON() }));
