import { Logger } from "@aws-lambda-powertools/logger";
import type { Context } from "aws-lambda";

/** What is worth knowing beside the sentence. An Error under `error` is written with its stack. */
export type Particulars = Readonly<Record<string, unknown>>;

/** Where a function says what it does: one line of JSON a sentence. */
export interface Log {
  info(sentence: string, particulars?: Particulars): void;
  warn(sentence: string, particulars?: Particulars): void;
  error(sentence: string, particulars?: Particulars): void;
  /** The same log, with this correlation id in every line. */
  along(correlation: string): Log;
}

function over(logger: Logger): Log {
  return {
    info: (sentence, particulars = {}) => logger.info(sentence, particulars),
    warn: (sentence, particulars = {}) => logger.warn(sentence, particulars),
    error: (sentence, particulars = {}) => logger.error(sentence, particulars),
    along: (correlation) => over(logger.createChild({ persistentKeys: { correlation_id: correlation } })),
  };
}

/** Follows from an address, so that whoever tries all phone numbers finds whose it is; a digest's id and a key hold it. */
const subscriptionIds = /(digest:|SUBSCRIPTION#)[0-9a-f]{12}/g;

const withoutSubscriptions = (_: string, value: unknown): unknown => (typeof value === "string" ? value.replace(subscriptionIds, "$1…") : value);

/** The log of one invocation, with the id by which Lambda's own lines name it. No line of it tells a subscriber, wherever their id stands in it. */
export function createLog({ awsRequestId }: Pick<Context, "awsRequestId">): Log {
  return over(new Logger({ persistentKeys: { function_request_id: awsRequestId }, jsonReplacerFn: withoutSubscriptions }));
}
