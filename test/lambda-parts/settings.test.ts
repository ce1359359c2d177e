import { expect, test } from "vitest";
import { credentialsIn, setting } from "../../shared/lambda/settings.ts";

test("a setting is what the environment says", () => expect(setting({ TABLE_NAME: "almanac" }, "TABLE_NAME")).toBe("almanac"));

test.each([{}, { TABLE_NAME: "" }, { TABLE_NAME: undefined }])("a setting that is not there (%o) is named in a sentence", (env) =>
  expect(() => setting(env, "TABLE_NAME")).toThrow("The function has no TABLE_NAME: it is set where the function is deployed (infra/)."),
);

test("no source can be asked with the function's own credentials", () =>
  expect(credentialsIn({ RELIEFWEB_APPNAME: "almanac", AWS_SECRET_ACCESS_KEY: "secret", AWS_SESSION_TOKEN: "token", _X_AMZN_TRACE_ID: "trace" })).toEqual({ RELIEFWEB_APPNAME: "almanac" }));
