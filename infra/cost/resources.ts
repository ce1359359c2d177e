/** A resource of the templates: the lines that it is billed by, or why it costs nothing. */
export type Billed = { readonly lines: readonly string[] } | { readonly free: string };

const rules = { free: "A rule that other resources go by." };

/** Every type of resource that the templates may hold. What is not here may cost something that nobody reckoned. */
export const resourceCosts: Readonly<Record<string, Billed>> = {
  "AWS::Lambda::Function": { lines: ["lambda-plan", "lambda-poll", "lambda-notify", "lambda-watch", "lambda-compare", "lambda-requests", "lambda-site", "lambda-site-requests", "data-out"] },
  "AWS::Lambda::EventSourceMapping": { lines: ["sqs-poll-idle", "sqs-notify-idle"] },
  "AWS::Lambda::EventInvokeConfig": rules,
  "AWS::Lambda::Url": rules,
  "AWS::CloudFront::Distribution": { lines: ["cloudfront-requests", "cloudfront-out"] },
  "AWS::CloudFront::Function": { lines: ["cloudfront-runs"] },
  "AWS::CloudFront::CachePolicy": rules,
  "AWS::CloudFront::OriginAccessControl": rules,
  "AWS::Lambda::Permission": rules,
  "AWS::SQS::Queue": { lines: ["sqs-poll", "sqs-notify", "sqs-dead"] },
  "AWS::SQS::QueuePolicy": rules,
  "AWS::Scheduler::Schedule": { lines: ["scheduler"] },
  "AWS::Scheduler::ScheduleGroup": { free: "A name for schedules." },
  "AWS::DynamoDB::GlobalTable": { lines: ["table-reads", "table-writes", "table-kept", "table-backup", "site-reads"] },
  "AWS::S3::Bucket": { lines: ["s3-reads", "s3-writes", "s3-kept", "site-s3"] },
  "AWS::S3::BucketPolicy": rules,
  "AWS::SNS::Topic": { lines: ["sns-publishes", "kms"] },
  "AWS::SNS::TopicPolicy": rules,
  "AWS::SNS::Subscription": { lines: ["sns-email", "sns-https", "operator", "sms", "sms-number"] },
  "AWS::Logs::LogGroup": { lines: ["logs", "logs-kept"] },
  "AWS::CloudWatch::Alarm": { lines: ["alarms", "metrics"] },
  "AWS::CloudWatch::Dashboard": { lines: ["dashboard"] },
  "AWS::Budgets::Budget": { lines: ["budget"] },
  "AWS::KMS::Key": { lines: ["keys"] },
  "AWS::KMS::Alias": { free: "A name for a key." },
  "AWS::IAM::Role": rules,
  "AWS::IAM::Policy": rules,
  "AWS::IAM::ManagedPolicy": rules,
  "AWS::SSM::Parameter": { free: "Standard parameters are kept free of charge." },
  "AWS::CDK::Metadata": { free: "It says which constructs were used." },
};
