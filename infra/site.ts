import { AllowedMethods, CacheCookieBehavior, CacheHeaderBehavior, CachePolicy, CacheQueryStringBehavior, Distribution, Function as EdgeFunction, FunctionCode, FunctionEventType, FunctionRuntime, FunctionUrlOriginAccessControl, HttpVersion, ViewerProtocolPolicy } from "aws-cdk-lib/aws-cloudfront";
import { FunctionUrlOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { FunctionUrlAuthType } from "aws-cdk-lib/aws-lambda";
import { Aws, Duration, Validations } from "aws-cdk-lib/core";
import { Construct } from "constructs";
import { installKey, itemKey, seriesPartition, sourceKey } from "../shared/records/keys.ts";
import { askedHostHeader, evidencePrefix, type StageNames } from "../shared/stage.ts";
import { AlmanacFunction } from "./function.ts";
import { acknowledgeReaders, mayQueryIndex, mayReadCatalogue, mayReadEvidence, mayReadForReaders, mayUseRecords } from "./grants.ts";
import type { Kept } from "./kept.ts";
import { sizes } from "./sizes.ts";

/** What the site needs from the rest. */
export interface SiteProps {
  readonly names: StageNames;
  readonly bundles: string;
  readonly kept: Kept;
  /** The address by which people know the site, where it is another than CloudFront's. */
  readonly site?: string | undefined;
}

/** The keys of a query that the site reads. What has others in it is the same page, and is asked of the function once. */
const queryKeys = ["month", "publisher", "series", "language", "text", "after", "limit", "id"] as const;

/** Runs at CloudFront's edge. Whatever a reader wrote into that header is replaced. */
const tellHost = `function handler(event) {
  var request = event.request;
  request.headers["${askedHostHeader}"] = { value: request.headers.host.value };
  return request;
}
`;

/**
 * The site, read-only: a function that CloudFront alone may ask, by a signature, and only for GET and HEAD. What may
 * be kept, and for how long, the site says itself, as it does its security headers.
 */
export class Site extends Construct {
  readonly pages: AlmanacFunction;
  /** Where people find it. */
  readonly address: string;

  constructor(scope: Construct, id: string, { names, bundles, kept, site }: SiteProps) {
    super(scope, id);
    this.pages = new AlmanacFunction(this, "Pages", {
      names,
      name: "site",
      description: "Shows what is on record: pages, feeds and the API.",
      bundles,
      failureReason: "Whoever asks waits for the answer, and asks again.",
      environment: { TABLE_NAME: kept.tableName, BUCKET_NAME: kept.bucketName, ...(site === undefined ? {} : { ALMANAC_SITE: site }) },
      may: [
        mayReadCatalogue(kept),
        mayReadEvidence(kept),
        mayReadForReaders(kept),
        mayQueryIndex(kept, "month"),
        mayQueryIndex(kept, "series"),
        mayUseRecords(kept, { sid: "ReadOne", actions: ["GetItem"], partitions: [installKey.pk, itemKey("*").pk] }),
        mayUseRecords(kept, { sid: "ReadEditions", actions: ["Query"], partitions: [seriesPartition("*")] }),
        mayUseRecords(kept, { sid: "ReadMany", actions: ["BatchGetItem"], partitions: [itemKey("*").pk, sourceKey("*").pk] }),
      ],
    });
    const reason = "Documents are called by their hashes, which nobody knows before.";
    Validations.of(this.pages).acknowledge({ id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::${names.bucket("<AWS::AccountId>", "<AWS::Region>")}/${evidencePrefix}*]`, reason });
    acknowledgeReaders(this.pages, names);
    const distribution = this.#distribute(names);
    this.address = `https://${distribution.distributionDomainName}`;
  }

  #distribute({ stage, monitorStack }: StageNames): Distribution {
    const url = this.pages.lambda.addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM });
    // Names of these are the account's, not the region's.
    const originAccessControl = new FunctionUrlOriginAccessControl(this, "Signing", { originAccessControlName: `${monitorStack}-${Aws.REGION}` });
    const host = new EdgeFunction(this, "Host", { code: FunctionCode.fromInline(tellHost), runtime: FunctionRuntime.JS_2_0, comment: "Tells the site by which host it was asked." });
    const distribution = new Distribution(this, "Distribution", {
      comment: `Rights Almanac, stage ${stage}: the site.`,
      httpVersion: HttpVersion.HTTP2_AND_3,
      defaultBehavior: {
        // The header Host stays CloudFront's to set: the signature is for the function's own.
        origin: FunctionUrlOrigin.withOriginAccessControl(url, { originAccessControl, readTimeout: Duration.seconds(sizes.site.timeoutSeconds) }),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
        compress: true,
        cachePolicy: this.#caching(),
        functionAssociations: [{ function: host, eventType: FunctionEventType.VIEWER_REQUEST }],
      },
    });
    this.#acknowledge(distribution);
    return distribution;
  }

  /** As long as the site says, and not at all where it says nothing. The host is part of the key, since feeds name it. */
  #caching(): CachePolicy {
    return new CachePolicy(this, "Caching", {
      comment: "What the site reads of a request.",
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.days(365),
      queryStringBehavior: CacheQueryStringBehavior.allowList(...queryKeys),
      headerBehavior: CacheHeaderBehavior.allowList(askedHostHeader),
      cookieBehavior: CacheCookieBehavior.none(),
      enableAcceptEncodingBrotli: true,
      enableAcceptEncodingGzip: true,
    });
  }

  #acknowledge(distribution: Distribution): void {
    const rules = Validations.of(distribution);
    rules.acknowledge({ id: "AwsSolutions-CFR1", reason: "It is for readers everywhere." });
    rules.acknowledge({ id: "AwsSolutions-CFR2", reason: "A firewall costs more than all the rest (docs/site.md says how to add one); nothing can be written, and pages are kept at the edge." });
    rules.acknowledge({ id: "AwsSolutions-CFR3", reason: "Who reads what is written down nowhere." });
    rules.acknowledge({ id: "AwsSolutions-CFR4", reason: "With CloudFront's own certificate and name, CloudFront itself sets which TLS is taken." });
  }
}
