import { messageOf } from "../../shared/fault.ts";
import { Failure } from "../command.ts";

const login = "Log in again (aws sso login), or choose another profile with AWS_PROFILE.";

function profileWords(): string {
  const profile = process.env["AWS_PROFILE"];
  return profile ? `: AWS_PROFILE is "${profile}", and that profile is not set up or gives none` : "";
}

/** What AWS calls its refusals, and what to tell a person. */
const sentences: readonly { readonly names: RegExp; readonly say: (message: string) => string }[] = [
  { names: /^CredentialsProviderError$/, say: (message) => `AWS is asked with your credentials, and there are none here${profileWords()} (${message.replace(/\.$/, "")}). Choose a profile with AWS_PROFILE, or log in (aws configure, aws sso login).` },
  { names: /^(ExpiredToken|TokenProviderError|UnrecognizedClient|InvalidClientTokenId|InvalidSignature|SignatureDoesNotMatch|InvalidAccessKeyId)/, say: (message) => `AWS does not take your credentials: ${message} ${login}` },
  { names: /^(AccessDenied|AuthorizationError|Forbidden)/, say: (message) => `AWS refused: ${message} Ask for that permission, or choose another profile with AWS_PROFILE.` },
  { names: /^(ThrottlingException|Throttling|ProvisionedThroughputExceeded|RequestLimitExceeded)/, say: (message) => `AWS is asked too much at once: ${message} Wait a minute, and try again.` },
  { names: /^FilterPolicyLimitExceeded/, say: () => "SNS takes no more filter policies: 200 a topic, and each subscription has one. Nothing was changed. Ask AWS for a higher quota, or end what nobody needs (`almanac subscribers`)." },
  { names: /^SubscriptionLimitExceeded/, say: (message) => `SNS takes no more subscriptions: ${message} Nothing was changed.` },
  { names: /^NotFoundException$/, say: (message) => `SNS does not find it: ${message} Was the stage deployed whole (npm run deploy)?` },
  { names: /^NoSuchBucket$/, say: (message) => `There is no such bucket: ${message} Was the stage deployed (npm run deploy)?` },
  { names: /^InvalidParameter/, say: (message) => `SNS does not take that: ${message}` },
  { names: /^(InternalServerError|InternalFailure|InternalError|ServiceUnavailable)/, say: (message) => `AWS had a fault of its own: ${message} Try again in some minutes.` },
  { names: /^TimeoutError$/, say: (message) => `AWS did not answer in time (${message}). Is this machine online?` },
];

const unreachable = new Set(["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT"]);

/** What AWS, or the way to it, did not do, as a Failure with a sentence; what is no fault of theirs, as it was thrown. */
export function awsFault(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof Failure) return error;
  if (error.message === "Region is missing") return new Failure("No AWS region is set. Write it before the command (AWS_REGION=eu-west-1 almanac …), or choose a profile that has one with AWS_PROFILE.", { cause: error });
  if ("code" in error && unreachable.has(String(error.code))) return new Failure(`AWS could not be reached (${messageOf(error)}). Is this machine online, and is AWS_REGION a region?`, { cause: error });
  if (error instanceof SyntaxError) return new Failure("What answered in place of AWS was no answer of AWS: a network's login page, perhaps, or a proxy. Open any page in a browser, and try again.", { cause: error });
  const found = sentences.find(({ names }) => names.test(error.name));
  return found ? new Failure(found.say(stopped(error.message)), { cause: error }) : error;
}

function stopped(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
