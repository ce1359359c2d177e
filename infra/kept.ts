import { Aws, Stack } from "aws-cdk-lib/core";
import type { Construct } from "constructs";
import { catalogueKey, evidencePrefix, mailPrefix, readersPrefix, type StageNames } from "../shared/stage.ts";

/** What the records stack keeps, as the functions reach it. By name and not by reference, so that neither stack holds the other in place. */
export interface Kept {
  readonly tableName: string;
  readonly tableArn: string;
  readonly alertsTopicArn: string;
  readonly bucketName: string;
  readonly catalogueArn: string;
  /** All evidence, for a grant. */
  readonly evidenceArn: string;
  /** All files for readers, for a grant. */
  readonly readersArn: string;
  /** All mail that came in, for a grant. */
  readonly mailArn: string;
}

/** What a stage keeps, in the account and region of this scope's stack. */
export function keptOf(scope: Construct, names: StageNames): Kept {
  const stack = Stack.of(scope);
  const bucketName = names.bucket(Aws.ACCOUNT_ID, Aws.REGION);
  return {
    tableName: names.table,
    tableArn: stack.formatArn({ service: "dynamodb", resource: "table", resourceName: names.table }),
    alertsTopicArn: stack.formatArn({ service: "sns", resource: names.alertsTopic }),
    bucketName,
    catalogueArn: stack.formatArn({ service: "s3", region: "", account: "", resource: bucketName, resourceName: catalogueKey }),
    evidenceArn: stack.formatArn({ service: "s3", region: "", account: "", resource: bucketName, resourceName: `${evidencePrefix}*` }),
    readersArn: stack.formatArn({ service: "s3", region: "", account: "", resource: bucketName, resourceName: `${readersPrefix}*` }),
    mailArn: stack.formatArn({ service: "s3", region: "", account: "", resource: bucketName, resourceName: `${mailPrefix}*` }),
  };
}
