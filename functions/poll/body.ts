import type { Source } from "../../shared/catalogue/schema.ts";
import type { Fetcher } from "../../shared/intake/fetch.ts";
import { decode } from "../../shared/intake/decode.ts";
import { SourceError } from "../../shared/intake/health.ts";
import { ReaderFault, readingFailure } from "../../shared/intake/read.ts";
import type { Item } from "../../shared/intake/item.ts";
import { isSoftError } from "../../shared/intake/soft-error.ts";
import { readBody } from "../../shared/recognition/body.ts";
import type { Names } from "../../shared/recognition/names.ts";
import type { Recognised } from "../../shared/recognition/match.ts";
import { titleCannotTell } from "../../shared/recognition/role.ts";

/** Reads the page that an item links to and decides by it; role stays null where the page could not be read. */
export type BodyReader = (item: Pick<Item, "url" | "title">, source: Pick<Source, "userAgent" | "ignoreRobots" | "aboutCountry"> | undefined, recognised: Recognised) => Promise<Recognised>;

const bodyMaxBytes = 5_000_000;
/** A title stands near the beginning. */
const headBytes = 64 * 1024;

/** A reader of bodies over a fetcher, for what has these names. Where our own reader fell over a page, `hearFault` is told for the log. */
export function createBodyReader(fetch: Fetcher, names: Names, hearFault: (fault: ReaderFault, url: string) => void = () => undefined): BodyReader {
  async function page(url: string, source: Parameters<BodyReader>[1]): Promise<string[]> {
    const fetched = await fetch({ url, userAgent: source?.userAgent, ignoreRobots: source?.ignoreRobots !== undefined, accept: "text/html, */*;q=0.5", maxBytes: bodyMaxBytes });
    if (fetched.kind === "unchanged") return [];
    const { paragraphs } = await import("../../shared/intake/paragraphs.ts");
    // It is no word on what the item is: the page is asked for again.
    const head = decode(fetched.bytes.subarray(0, headBytes), fetched.contentType);
    if (isSoftError(head)) throw new SourceError("soft-error", "A page came that calls itself an error.");
    try {
      return paragraphs(fetched.bytes, fetched.contentType);
    } catch (error) {
      throw readingFailure("The page", error);
    }
  }

  return async (item, source, recognised) => {
    if (!recognised.body) return recognised;
    if (item.url === null) return { ...recognised, why: [...recognised.why, "there is no address to read it at"] };
    try {
      const verdict = readBody(recognised.body, await page(item.url, source), source?.aboutCountry ?? false, names);
      const why = [...recognised.why.filter((reason) => reason !== titleCannotTell), verdict.why];
      if (!verdict.holds) return { ...recognised, relevance: "none", series: null, edition: null, body: undefined, why };
      return { ...recognised, role: "release", body: undefined, why };
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      if (error instanceof ReaderFault) hearFault(error, item.url);
      return { ...recognised, why: [...recognised.why, `the page could not be read (${error.reason}); it is tried again at the next poll`] };
    }
  };
}
