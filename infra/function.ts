import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { ApplicationLogLevel, Architecture, CfnFunction, Code, Function as Lambda, LoggingFormat, Runtime, SystemLogLevel } from "aws-cdk-lib/aws-lambda";
import { SqsDestination } from "aws-cdk-lib/aws-lambda-destinations";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Duration, RemovalPolicy, Stack, Validations } from "aws-cdk-lib/core";
import { Construct } from "constructs";
import { join } from "node:path";
import type { FunctionName, StageNames } from "../shared/stage.ts";
import { capitalised } from "./capitalised.ts";
import { maySend } from "./grants.ts";
import { sizes } from "./sizes.ts";

/** What a function is made of. */
export interface FunctionProps {
  readonly names: StageNames;
  readonly name: FunctionName;
  readonly description: string;
  /** The folder in which every function has its bundle, in a folder of its name. */
  readonly bundles: string;
  readonly environment: Readonly<Record<string, string>>;
  /** All that it may do, beside writing its log. */
  readonly may: readonly PolicyStatement[];
  /** Where an event goes that nobody waits for and that could not be handled. Left out where a queue feeds the function. */
  readonly failures?: IQueue;
  /** Why nothing is lost with an event that could not be handled, where no queue takes it. */
  readonly failureReason?: string;
}

/** A function of ours with its log and its role. The role holds what is written here and nothing that a construct would add to it. */
export class AlmanacFunction extends Construct {
  readonly lambda: Lambda;

  constructor(scope: Construct, id: string, props: FunctionProps) {
    super(scope, id);
    const { names, name, environment, failures } = props;
    const { memoryMB, timeoutSeconds } = sizes[name];
    const logGroup = new LogGroup(this, "Log", {
      logGroupName: names.logGroup(name),
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.lambda = new Lambda(this, "Function", {
      functionName: names.function(name),
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(join(props.bundles, name)),
      handler: "index.handler",
      memorySize: memoryMB,
      timeout: Duration.seconds(timeoutSeconds),
      role: this.#role(names, props).withoutPolicyUpdates(),
      environment: { STAGE: names.stage, POWERTOOLS_SERVICE_NAME: names.monitorStack, POWERTOOLS_METRICS_NAMESPACE: "RightsAlmanac", ...environment },
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      // The start and the end of each run would be most of the log.
      systemLogLevelV2: SystemLogLevel.WARN,
      // Metrics are lines of the log without a level, which count as INFO: above it they would be lost.
      applicationLogLevelV2: ApplicationLogLevel.INFO,
    });
    if (failures) this.#doNotRetry(failures);
    this.#nameAsPeopleDo(name);
    this.#acknowledge(failures ? "A destination for failures takes its place: it holds the error as well as the event." : (props.failureReason ?? "Only its queue invokes it, and that queue has a dead-letter queue."));
  }

  #role(names: StageNames, { name, may, failures }: FunctionProps): Role {
    const streams = Stack.of(this).formatArn({ service: "logs", resource: `log-group:${names.logGroup(name)}:log-stream:*` });
    const mayLog = new PolicyStatement({ sid: "WriteItsLog", actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [streams] });
    const mayReportFailures = failures ? [maySend("LetLambdaReportFailures", failures.queueArn)] : [];
    const role = new Role(this, "Role", {
      description: `What the function ${names.function(name)} may do.`,
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
      inlinePolicies: { [name]: new PolicyDocument({ statements: [...may, ...mayReportFailures, mayLog] }) },
    });
    const reason = "Lambda names the streams of a log group; the group is the function's own.";
    Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:${names.logGroup(name)}:log-stream:*]`, reason });
    return role;
  }

  /** What was missed is made good by the next run; an event that comes later than that would only do it twice. */
  #doNotRetry(failures: IQueue): void {
    this.lambda.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.seconds(60), onFailure: new SqsDestination(failures) });
  }

  /** For `sam local invoke`, which asks for the name in the template. */
  #nameAsPeopleDo(name: FunctionName): void {
    const { defaultChild } = this.lambda.node;
    if (!(defaultChild instanceof CfnFunction)) return;
    const id = capitalised(name);
    defaultChild.overrideLogicalId(id);
    // Otherwise SAM takes the construct's own id, which is the same for all of them, and finds but one.
    defaultChild.addMetadata("SamResourceId", id);
  }

  #acknowledge(reason: string): void {
    const rules = Validations.of(this.lambda);
    rules.acknowledge({ id: "Serverless-LambdaTracing", reason: "Tracing costs more than all of Lambda does here; a correlation id in the logs says the same." });
    rules.acknowledge({ id: "Serverless-LambdaDLQ", reason });
  }
}
