import { S3Client } from "@aws-sdk/client-s3";
import { SignatureV4 } from "@smithy/signature-v4";
import { messageOf } from "../shared/fault.ts";

const patienceMs = 30_000;

/**
 * Asks the API of SES by which mail is received, which no client that we have speaks, with the credentials and the
 * region that the SDK finds. Gives the XML that it answers; throws where it refuses.
 */
async function askSes(action: string, values: Readonly<Record<string, string>>): Promise<string> {
  const { AWS_REGION, AWS_DEFAULT_REGION, AWS_ENDPOINT_URL_SES, AWS_ENDPOINT_URL } = process.env;
  const set = AWS_REGION || AWS_DEFAULT_REGION;
  const { credentials, region, sha256 } = new S3Client(set ? { region: set } : {}).config;
  const url = new URL(AWS_ENDPOINT_URL_SES || AWS_ENDPOINT_URL || `https://email.${await region()}.amazonaws.com`);
  const body = new URLSearchParams({ Action: action, Version: "2010-12-01", ...values }).toString();
  const request = { method: "POST", protocol: url.protocol, hostname: url.hostname, path: "/", headers: { host: url.host, "content-type": "application/x-www-form-urlencoded" }, body };
  const { headers } = await new SignatureV4({ service: "ses", region, credentials, sha256 }).sign(request);
  const response = await fetch(url, { method: "POST", headers, body, signal: AbortSignal.timeout(patienceMs) });
  const answer = await response.text();
  if (!response.ok || !answer.includes(`<${action}Response`)) {
    const [code, message] = ["Code", "Message"].map((name) => new RegExp(`<${name}>([^<]*)<`).exec(answer)?.[1]);
    throw Object.assign(new Error(`${action}: ${code ?? `the status is ${response.status}`}${message ? `, ${message}` : ""}`), { code });
  }
  return answer;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

/** Makes a rule set and makes it active; false where it is there. That one was left inactive by somebody, and its rules may be others'. */
async function makeActive(ruleSet: string): Promise<boolean> {
  try {
    await askSes("CreateReceiptRuleSet", { RuleSetName: ruleSet });
  } catch (error) {
    if (hasCode(error, "AlreadyExists")) return false;
    throw error;
  }
  await askSes("SetActiveReceiptRuleSet", { RuleSetName: ruleSet });
  return true;
}

async function activeRuleSet(): Promise<string | undefined> {
  const answer = await askSes("DescribeActiveReceiptRuleSet", {});
  // Its rules have names as well.
  const [, metadata = ""] = /<Metadata>([^]*?)<\/Metadata>/.exec(answer) ?? [];
  return /<Name>([^<]+)<\/Name>/.exec(metadata)?.[1];
}

/**
 * Sees to it that SES goes by this rule set, of which an account has one active in a region. Where none is, this one is
 * made and made active; true then. Throws a sentence where another is, which is never switched off, and where one of that name is there and was not active.
 */
export async function ensureActive(ruleSet: string): Promise<boolean> {
  let active: string | undefined;
  let isMade = false;
  try {
    active = await activeRuleSet();
    if (active === undefined) isMade = await makeActive(ruleSet);
  } catch (error) {
    throw new Error(`SES could not be asked for its rule sets (${messageOf(error)}), so nothing was deployed. See whether the region is right, and whether the credentials allow DescribeActiveReceiptRuleSet, CreateReceiptRuleSet and SetActiveReceiptRuleSet of SES.`, { cause: error });
  }
  if (isMade || active === ruleSet) return isMade;
  if (active === undefined) throw new Error(`SES goes by no rule set in this account and region, and has one called "${ruleSet}" that is not active, so nothing was deployed. Where its rules may apply, make it active: aws ses set-active-receipt-rule-set --rule-set-name ${ruleSet}. Else give another name with --mail-rules.`);
  throw new Error(`SES goes by the rule set "${active}" in this account and region, and can go by one only: making "${ruleSet}" active would switch off the mail of others, so nothing was deployed. Have our rule added to that set: --mail-rules ${active}`);
}
