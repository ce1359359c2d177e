import { expect, test } from "vitest";
import { expectationsOf } from "../../bench/feedparser.ts";

test.each([
  ["not bozo and entries[0]['title'] == u'It\\'s \\u5317'", [{ entry: 0, field: "title", value: "It's 北" }]],
  ["entries[0]['title_detail']['value'] == \"a\\nb\"", [{ entry: 0, field: "title", value: "a\nb" }]],
  ["entries[1].link == 'http://example.org/' and entries[0]['id'] == 'x'", [{ entry: 1, field: "link", value: "http://example.org/" }, { entry: 0, field: "id", value: "x" }]],
  ["entries[0]['updated_parsed'] == (2003, 12, 31, 10, 14, 5, 2, 365, 0)", [{ entry: 0, field: "date", value: "2003-12-31T10:14:05Z" }]],
  ["feed['title'] == 'Example' and entries[0]['summary'] == 'x'", []],
])("what feedparser expects by “%s” is read", (line, expected) => expect(expectationsOf(`<!--\nDescription: x\nExpect:      ${line}\n-->\n<rss/>`)).toEqual(expected));
