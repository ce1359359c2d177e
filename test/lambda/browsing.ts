import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { inside, isObject, objectsOf, type Properties } from "./json.ts";
import type { Monitor } from "./monitor.ts";
import { report, year } from "./published.ts";

const event: unknown = JSON.parse(readFileSync(join(import.meta.dirname, "../events/site.json"), "utf8"));

/** The event that the function's own address makes of a request for a path. */
function asked(path: string, method = "GET"): Properties {
  const [rawPath = "", rawQueryString = ""] = path.split("?");
  const requestContext = inside(event, "requestContext");
  const http = inside(requestContext, "http");
  if (!isObject(event) || !isObject(requestContext) || !isObject(http)) throw new Error("test/events/site.json is no event of a function's address");
  return { ...event, rawPath, rawQueryString, requestContext: { ...requestContext, http: { ...http, method, path: rawPath } } };
}

/** Tests that the deployed site shows what the functions before it put on record. */
export function browsing(opened: () => Monitor): void {
  async function answer(path: string, method?: string): Promise<{ readonly status: unknown; readonly body: string; readonly headers: Properties }> {
    const said = await opened().function("site").invoke(asked(path, method));
    const result = "result" in said ? said.result : said.error;
    const headers = inside(result, "headers");
    expect(inside(result, "isBase64Encoded")).toBe(false);
    return { status: inside(result, "statusCode"), body: String(inside(result, "body")), headers: isObject(headers) ? headers : {} };
  }

  test("the year's page shows what came, with the security headers and how long it may be kept", async () => {
    // What was read some seconds ago would still serve.
    await opened().function("site").kill();
    const { status, body, headers } = await answer("/");
    expect([status, headers["cache-control"], headers["content-type"]]).toEqual([200, "public, max-age=60", "text/html; charset=utf-8"]);
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
    expect(body).toContain("Trafficking in Persons Report");
    const [, style = ""] = /href="(\/style-\w+\.css)"/.exec(body) ?? [];
    expect(await answer(style)).toMatchObject({ status: 200, headers: { "cache-control": "public, max-age=31536000, immutable" } });
  });

  test("the API answers, from an index", async () => {
    const { status, body } = await answer("/api/v1/items?series=tip");
    expect(status).toBe(200);
    expect(objectsOf(inside(JSON.parse(body), "items")).map(({ url }) => url)).toContain(report.url);
    expect((await answer("/api/v1/none")).headers["content-type"]).toContain("application/problem+json");
  });

  test.each([
    ["/items", report.title],
    ["/items?text=trafficking+in+persons", report.title],
    ["/items?publisher=state&text=traffick", report.title],
    ["/api/v1/items?text=trafficking", report.title],
    ["/item?id=state.example%2Ftip", report.title],
    [`/series/tip/${year}`, "http://state.example/tip"],
    ["/sources", "council.example"],
    ["/ko/about", "<html lang=\"ko\""],
  ])("%s shows %s", async (path, text) => {
    const { status, body } = await answer(path);
    expect(status).toBe(200);
    expect(body).toContain(text);
  });

  test("two documents of the bucket are compared", async () => {
    const { status, body } = await answer(`/series/tip/${year}/changes`);
    expect(status).toBe(200);
    expect(body).toContain("executed");
  });

  test("a feed names the host by which CloudFront was asked, and not the function's own", async () => {
    const { status, body } = await answer("/feed.atom");
    expect(status).toBe(200);
    expect(body).toContain("https://d111111abcdef8.cloudfront.net/feed.atom");
    expect(body).not.toContain("lambda-url");
  });

  test("what is known already is not sent again, HEAD has no body, and nothing else is answered", async () => {
    const { headers } = await answer("/about");
    const known = await opened().function("site").invoke({ ...asked("/about"), headers: { "if-none-match": headers["etag"] } });
    expect(known).toMatchObject({ result: { statusCode: 304, body: "" } });
    expect(await answer("/about", "HEAD")).toMatchObject({ status: 200, body: "" });
    expect(await answer("/about", "POST")).toMatchObject({ status: 405, headers: { allow: "GET, HEAD" } });
  });
}
