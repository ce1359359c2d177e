import { Template } from "aws-cdk-lib/assertions";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { askedHostHeader } from "../../shared/stage.ts";
import { itemQueryKeys } from "../../site/reads/item-question.ts";
import { doc } from "../docs/markdown.ts";
import { entriesOf, inside, objectsOf, textsOf } from "../lambda/json.ts";
import { openHouse } from "../site/house.ts";
import { resourcesOf } from "./resources.ts";
import { almanacApp, monitor, names } from "./template.ts";

const one = (type: string) => {
  const [found, ...more] = resourcesOf(monitor, type);
  if (!found || more.length > 0) throw new Error(`There are ${more.length + (found ? 1 : 0)} of ${type}.`);
  return found;
};
const distribution = one("AWS::CloudFront::Distribution");
const behaviour = inside(distribution.properties, "DistributionConfig", "DefaultCacheBehavior");
const policy = inside(one("AWS::CloudFront::CachePolicy").properties, "CachePolicyConfig");

describe("the function's own address", () => {
  test("wants a signature", () => expect(one("AWS::Lambda::Url").properties).toMatchObject({ AuthType: "AWS_IAM", TargetFunctionArn: { "Fn::GetAtt": ["Site", "Arn"] } }));

  test("is opened to this distribution alone, in both ways that Lambda asks for", () => {
    const address = { "Fn::GetAtt": [one("AWS::Lambda::Url").id, "FunctionArn"] };
    const permissions = resourcesOf(monitor, "AWS::Lambda::Permission").map(({ properties }) => properties);
    expect(permissions.map(({ Action, Principal, FunctionName }) => [Action, Principal, FunctionName])).toEqual([
      ["lambda:InvokeFunctionUrl", "cloudfront.amazonaws.com", address],
      ["lambda:InvokeFunction", "cloudfront.amazonaws.com", address],
    ]);
    for (const { SourceArn } of permissions) expect(JSON.stringify(SourceArn)).toContain(`:distribution/",{"Ref":"${distribution.id}"}`);
    expect(permissions.at(-1)).toMatchObject({ InvokedViaFunctionUrl: true });
  });

  test("is asked by CloudFront with a signature, always, and over TLS", () => {
    const control = one("AWS::CloudFront::OriginAccessControl");
    expect(inside(control.properties, "OriginAccessControlConfig")).toMatchObject({ Name: { "Fn::Join": ["", [`${names.monitorStack}-`, { Ref: "AWS::Region" }]] }, OriginAccessControlOriginType: "lambda", SigningBehavior: "always", SigningProtocol: "sigv4" });
    const origins = objectsOf(inside(distribution.properties, "DistributionConfig", "Origins"));
    expect(origins).toMatchObject([{ OriginAccessControlId: { "Fn::GetAtt": [control.id, "Id"] }, CustomOriginConfig: { OriginProtocolPolicy: "https-only", OriginSSLProtocols: ["TLSv1.2"], OriginReadTimeout: 30 } }]);
  });
});

describe("the edge", () => {
  test("takes GET and HEAD alone, and answers over TLS alone", () => {
    expect(behaviour).toMatchObject({ AllowedMethods: ["GET", "HEAD"], ViewerProtocolPolicy: "redirect-to-https", Compress: true });
    expect(inside(distribution.properties, "DistributionConfig", "CacheBehaviors")).toBeUndefined();
  });

  test("keeps what the site says, as long as it says, and hands on neither cookies nor the header Host", () => {
    expect(policy).toMatchObject({ MinTTL: 0, DefaultTTL: 0, MaxTTL: 31_536_000 });
    expect(inside(policy, "ParametersInCacheKeyAndForwardedToOrigin")).toMatchObject({ CookiesConfig: { CookieBehavior: "none" }, HeadersConfig: { HeaderBehavior: "whitelist", Headers: [askedHostHeader] }, EnableAcceptEncodingBrotli: true, EnableAcceptEncodingGzip: true });
    expect(behaviour).not.toHaveProperty("OriginRequestPolicyId");
  });

  test("goes by the query keys that the site reads, which are those of docs/site.md, and by no other", async () => {
    const keys = textsOf(inside(policy, "ParametersInCacheKeyAndForwardedToOrigin", "QueryStringsConfig", "QueryStrings")).toSorted();
    const site = join(import.meta.dirname, "../../site");
    const code = readdirSync(site, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts")).map((path) => readFileSync(join(site, path), "utf8")).join("\n");
    const single = [...code.matchAll(/\bquery\.get\("(\w+)"\)/g)].map(([, key = ""]) => key);
    const house = await openHouse();
    const paths = entriesOf(inside(await (await house.get("/api/v1/openapi.json")).json(), "paths"));
    await house.close();
    const ofApi = paths.flatMap(([, path]) => objectsOf(inside(path, "get", "parameters"))).flatMap((parameter) => (parameter["in"] === "query" ? textsOf(parameter["name"]) : []));
    expect(ofApi).toContain("limit");
    expect(keys).toEqual([...new Set([...itemQueryKeys, ...single, ...ofApi])].toSorted());
    const [, told = ""] = /the query keys that count are ([^.]+)\./.exec(doc("docs/site.md").text) ?? [];
    expect([...told.matchAll(/`(\w+)`/g)].map(([, key = ""]) => key).toSorted()).toEqual(keys);
  });

  test("tells the site by which host it was asked, whatever the reader wrote there", () => {
    const { properties, id } = one("AWS::CloudFront::Function");
    expect(behaviour).toMatchObject({ FunctionAssociations: [{ EventType: "viewer-request", FunctionARN: { "Fn::GetAtt": [id, "FunctionARN"] } }] });
    const request = { uri: "/", headers: { host: { value: "almanac.example" }, [askedHostHeader]: { value: "evil.example" } } };
    const handed: unknown = runInNewContext(`${String(properties["FunctionCode"])}; handler({ request })`, { request });
    expect(handed).toEqual({ uri: "/", headers: { host: { value: "almanac.example" }, [askedHostHeader]: { value: "almanac.example" } } });
  });
});

test("a deployment says where the site is", () => {
  const outputs: unknown = monitor.toJSON()["Outputs"];
  expect(inside(outputs, "SiteAddress", "Value")).toEqual({ "Fn::Join": ["", ["https://", { "Fn::GetAtt": [distribution.id, "DomainName"] }]] });
});

test("a stage without the site has nothing of it, and all the rest", () => {
  const without = Template.fromStack(almanacApp({ hasSite: false }).monitor);
  const types = resourcesOf(without).map(({ type }) => type);
  expect(types.filter((type) => /CloudFront|Lambda::(Url|Permission)/.test(type))).toEqual([]);
  expect(types.filter((type) => type === "AWS::Lambda::Function")).toHaveLength(5);
  // The function, its log, its role and its address; at the edge the distribution, its signing, its caching and its function; two permissions.
  expect(resourcesOf(monitor).length - types.length).toBe(10);
  expect(without.toJSON()["Outputs"]).toBeUndefined();
});
