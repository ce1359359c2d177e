import { describe, expect, test } from "vitest";
import { type Asked, parseAddress, parseWishes } from "../../shared/alerts/subscriptions.ts";

const catalogue = {
  series: [
    { id: "us-state-tip-report", publisher: "us-state" },
    { id: "us-tip-presidential-determination", publisher: "us-president" },
    { id: "kinu-white-paper", publisher: "kinu" },
  ],
  publishers: [{ id: "us-state" }],
  sources: [
    { publisher: "us-state", language: "en" },
    { publisher: "kinu", language: "ko-KR" },
  ],
};
const parse = (asked: Asked) => parseWishes(asked, catalogue);

describe("wishes", () => {
  test("are ids from the catalogue, sorted, each once", () => {
    expect(parse({ series: ["US-State-TIP-report, kinu-white-paper", "kinu-white-paper"], kinds: ["edition,health"], languages: ["ko"] })).toEqual({
      series: ["kinu-white-paper", "us-state-tip-report"],
      publishers: [],
      kinds: ["edition", "health"],
      languages: ["ko"],
    });
    expect(parse({ publishers: ["us-president"] })).toMatchObject({ series: [], publishers: ["us-president"] });
    expect(parse({})).toEqual({ series: [], publishers: [], kinds: [], languages: [] });
  });

  test("of series and publishers together are the series of these publishers", () => {
    const series = ["us-state-tip-report", "kinu-white-paper"];
    expect(parse({ series, publishers: ["kinu", "us-president"] })).toMatchObject({ series: ["kinu-white-paper"], publishers: [] });
    expect(() => parse({ series, publishers: ["us-president"] })).toThrow("no series of those is from us-president: kinu-white-paper is from kinu, us-state-tip-report is from us-state; leave out the publishers or the series");
  });

  test("that hold words of an id are met with the id", () => {
    expect(() => parse({ series: ["us-tip"] })).toThrow('no series "us-tip"; did you mean us-state-tip-report or us-tip-presidential-determination?');
    expect(() => parse({ series: ["white paper"] })).toThrow('no series "white paper"; did you mean kinu-white-paper?');
  });

  test("that are misspelt are met with what was meant", () => {
    expect(() => parse({ series: ["us-state-tipreport"] })).toThrow("did you mean us-state-tip-report?");
    expect(() => parse({ publishers: ["us-sate"] })).toThrow('no publisher "us-sate"; did you mean us-state?');
    expect(() => parse({ kinds: ["editions"] })).toThrow('no kind of alert "editions"; did you mean edition?');
    expect(() => parse({ languages: ["kr"] })).toThrow('no source in the language "kr"; did you mean ko?');
  });

  test("are all looked at before it complains", () => {
    expect(() => parse({ series: ["zzzzzz"], kinds: ["lat"] })).toThrow(/^no series "zzzzzz"; there are .*\nno kind of alert "lat"; did you mean late\?$/);
  });
});

describe("an address", () => {
  test("is an email address, a phone number, an https address, a queue or a function, in one spelling", () => {
    expect(parseAddress(" Ada.L+dprk@Mail.Example.ORG ")).toEqual({ protocol: "email", address: "Ada.L+dprk@mail.example.org" });
    expect(parseAddress("+82 (10) 1234-5678")).toEqual({ protocol: "sms", address: "+821012345678" });
    for (const queue of ["arn:aws:sqs:eu-west-1:111122223333:Alerts_1", "arn:aws-cn:sqs:cn-north-1:111122223333:a"]) expect(parseAddress(` ${queue}`)).toEqual({ protocol: "sqs", address: queue });
    for (const name of ["Alerts_1", "alerts:live", "alerts:$LATEST"]) expect(parseAddress(`arn:aws:lambda:eu-west-1:111122223333:function:${name}`)).toMatchObject({ protocol: "lambda" });
    expect(parseAddress("https://Hooks.example.org/a")).toEqual({ protocol: "https", address: "https://hooks.example.org/a" });
  });

  test.each([
    ["ada@localhost", /not an email address: write it as name@example.org/],
    ["ada@@example.org", /not an email address/],
    ["a b@example.org", /not an email address/],
    ["ada@example.org\r\nBcc: x@example.org", /not an email address/],
    ["<ada@example.org>", /not an email address/],
    ["ada@-example.org", /not an email address/],
    [`${"a".repeat(65)}@example.org`, /not an email address/],
    ["010 1234 5678", /write it with \+ and the country's code/],
    ["+0123456789", /write it with \+/],
    ["http://hooks.example.org", /alerts are sent to https only/],
    ["https://u:p@hooks.example.org", /must not hold a name or password/],
    ["javascript:alert(1)", /not an https address/],
    ["arn:aws:sqs:eu-west-1:111122223333:alerts.fifo", /a FIFO queue.*give a standard queue/],
    ["arn:aws:sns:eu-west-1:111122223333:alerts", /is no queue and no function: write it as arn:aws:sqs/],
    ["arn:aws:sqs:eu-west-1:1:alerts", /is no queue and no function/],
    ["ada", /is no address: give an email address/],
  ])("%j is refused with what to write", (text, message) => {
    expect(() => parseAddress(text)).toThrow(message);
  });
});
