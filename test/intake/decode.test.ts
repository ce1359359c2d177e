import { describe, expect, test } from "vitest";
import { decode } from "../../shared/intake/decode.ts";

const ascii = (text: string): number[] => [...Buffer.from(text, "latin1")];
const bytes = (...parts: (string | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? ascii(part) : [...part])));
// 북한 in the encoding of Korean publishers, and é in three encodings.
const northKorea = [0xba, 0xcf, 0xc7, 0xd1];
const utf8 = [0xc3, 0xa9];
const latin = [0xe9];
const utf16be = (text: string): Uint8Array => Buffer.from(text, "utf16le").swap16();

describe("the encoding", () => {
  test.each([
    ["a BOM", bytes([0xef, 0xbb, 0xbf], "caf", utf8), "text/xml; charset=windows-1252", "café"],
    ["the HTTP header", bytes('<?xml version="1.0" encoding="utf-8"?>caf', latin), "text/xml; charset=iso-8859-1", '<?xml version="1.0" encoding="utf-8"?>café'],
    ["the XML declaration", bytes('<?xml version="1.0" encoding="windows-1251"?>', [0xc4, 0xe0]), null, '<?xml version="1.0" encoding="windows-1251"?>Да'],
    ["the meta element", bytes("<html><meta charset=euc-kr>", northKorea), "text/html", "<html><meta charset=euc-kr>북한"],
    ["the old meta element", bytes('<meta http-equiv="Content-Type" content="text/html; charset=ks_c_5601-1987">', northKorea), null, '<meta http-equiv="Content-Type" content="text/html; charset=ks_c_5601-1987">북한'],
    ["strict UTF-8", bytes("caf", utf8), null, "café"],
    ["windows-1252 at last", bytes("caf", latin, " ", [0x93, 0x80, 0x94]), null, "café “€”"],
  ])("is told by %s", (_, content, type, text) => expect(decode(content, type)).toBe(text));

  test.each(["euc-kr", "EUC-KR", "cp949", "ms949", "uhc", "x-windows-949", "ks_c_5601-1987", "ks_c_5601-1989", "korean"])("%s is Korean", (label) =>
    expect(decode(bytes(northKorea), `text/html; charset="${label}"`)).toBe("북한"),
  );

  test.each(["iso-8859-1", "latin1", "us-ascii", "windows-1252"])("%s has quotes and the euro where C1 controls would be", (label) =>
    expect(decode(bytes([0x91, 0x80, 0x92, 0x97]), `text/html; charset=${label}`)).toBe("‘€’—"),
  );

  test.each([
    ["little-endian with a BOM", Buffer.from("\ufeff<rss>é", "utf16le"), null],
    ["big-endian with a BOM", utf16be("\ufeff<rss>é"), null],
    ["little-endian without", Buffer.from("<rss>é", "utf16le"), null],
    ["big-endian without", utf16be("<rss>é"), null],
    ["big-endian, named by the header", utf16be("<rss>é"), "text/xml; charset=utf-16"],
    ["little-endian, named wrongly by the header", Buffer.from("<rss>é", "utf16le"), "text/xml; charset=utf-16be"],
  ])("UTF-16 is read %s", (_, content, type) => expect(decode(content, type).replace("\ufeff", "")).toBe("<rss>é"));

  test("a declaration of UTF-16 that can be read as ASCII is wrong", () =>
    expect(decode(bytes('<?xml version="1.0" encoding="utf-16"?>', utf8), null)).toContain("é"));

  test("an unknown label is passed over for the next hint", () => {
    expect(decode(bytes('<?xml version="1.0" encoding="euc-kr"?>', northKorea), "text/xml; charset=none")).toContain("북한");
    expect(decode(bytes("caf", utf8), "text/xml; charset=utf-32")).toBe("café");
    expect(decode(bytes("caf", utf8), "text/xml; charset=iso-2022-kr")).toBe("café");
  });

  test("invalid bytes in what is called UTF-8 become replacement characters", () => expect(decode(bytes("a", latin, "b"), "text/xml; charset=utf-8")).toBe("a\ufffdb"));
  test("nothing is nothing", () => expect(decode(new Uint8Array(), null)).toBe(""));
  test("a slice of a larger buffer is read from its own start", () => expect(decode(bytes("xx<meta charset=euc-kr>", northKorea).subarray(2), null)).toBe("<meta charset=euc-kr>북한"));
});
