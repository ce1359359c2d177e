import { App } from "aws-cdk-lib/core";
import { siteSetting } from "../shared/alerts/site-setting.ts";
import { stageNames } from "../shared/stage.ts";
import { addAlmanac } from "./almanac.ts";
import { mailSettings } from "./arguments.ts";
import { buildBundles, bundlesFolder } from "./bundles.ts";
import { addChecks } from "./checks.ts";
import { catalogueCredentials } from "./credentials.ts";

// Whatever is shown, deployed or destroyed is made of the code as it is now.
await buildBundles();
const app = new App();
const site: unknown = app.node.tryGetContext("site");
const stage: unknown = app.node.tryGetContext("stage") ?? "prod";
addAlmanac(app, { names: stageNames(String(stage)), bundles: bundlesFolder, credentials: catalogueCredentials(), isProtected: app.node.tryGetContext("unprotected") !== "true", hasBudget: app.node.tryGetContext("budget") !== "none", hasSite: app.node.tryGetContext("pages") !== "none", mail: mailSettings(app.node.tryGetContext("mail"), app.node.tryGetContext("mailRules")), site: siteSetting({ ALMANAC_SITE: typeof site === "string" ? site : "" }) ?? undefined });
addChecks(app);
