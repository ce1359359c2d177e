/** The functions of a stage. */
export const functionNames = ["plan", "poll", "notify", "watch", "compare", "site"] as const;
export type FunctionName = (typeof functionNames)[number];

/** What a stage's parts are called on AWS: all follows from its name, so that people and the command line find them by it alone. */
export interface StageNames {
  readonly stage: string;
  /** The stack of what must outlive everything else. */
  readonly recordsStack: string;
  /** The stack of all that works on it. */
  readonly monitorStack: string;
  readonly table: string;
  readonly alertsTopic: string;
  readonly operatorTopic: string;
  /** Of the queue for what SNS could not deliver. */
  readonly undeliveredQueue: string;
  readonly pollQueue: string;
  readonly pollDeadQueue: string;
  readonly notifyQueue: string;
  readonly notifyDeadQueue: string;
  readonly deadQueue: string;
  /** Of the queue and the topic by which it is told that mail came, and of the rule by which SES takes it. */
  readonly mail: string;
  readonly function: (name: FunctionName) => string;
  readonly logGroup: (name: FunctionName) => string;
  /** Buckets share their names with the whole world, so account and region are in it. */
  readonly bucket: (account: string, region: string) => string;
}

/** What the name of a stage may be, for a person who wrote another. */
export const stageNameRule = "write at most 20 small letters, digits and hyphens, a letter first and not -records last, such as prod.";

/**
 * Whether a stage can be called this: the bucket's name has the stage, account and region in it, and 63 characters at
 * most. The monitor of a stage "test-records" would be called what the records of "test" are.
 */
export function isStageName(stage: string): boolean {
  return /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(stage) && stage.length <= 20 && !stage.endsWith("-records");
}

/** The names of a stage's parts. Throws a sentence where no stage can be called this. */
export function stageNames(stage: string): StageNames {
  if (!isStageName(stage)) throw new Error(`"${stage}" cannot be the name of a stage: ${stageNameRule}`);
  const prefix = `rights-almanac-${stage}`;
  return {
    stage,
    recordsStack: `${prefix}-records`,
    monitorStack: prefix,
    table: prefix,
    alertsTopic: `${prefix}-alerts`,
    operatorTopic: `${prefix}-operator`,
    undeliveredQueue: `${prefix}-undelivered`,
    pollQueue: `${prefix}-poll.fifo`,
    pollDeadQueue: `${prefix}-poll-dead.fifo`,
    notifyQueue: `${prefix}-notify.fifo`,
    notifyDeadQueue: `${prefix}-notify-dead.fifo`,
    deadQueue: `${prefix}-dead`,
    mail: `${prefix}-mail`,
    function: (name) => `${prefix}-${name}`,
    logGroup: (name) => `/aws/lambda/${prefix}-${name}`,
    bucket: (account, region) => `${prefix}-${account}-${region}`,
  };
}

/** Below what in its bucket a stage's evidence lies (shared/records/evidence.ts). */
export const evidencePrefix = "evidence/";

/** Below what in its bucket the mail lies that came in. */
export const mailPrefix = "mail/";

/** Where in its bucket a stage's catalogue lies. */
export const catalogueKey = "catalogue/current.json";

/** In which header CloudFront tells the site by which host it was asked: the header Host is the function's own. */
export const askedHostHeader = "x-almanac-host";

/** Below what in its bucket the files lie that watch makes for readers of the site. */
export const readersPrefix = "readers/";
