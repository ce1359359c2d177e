import type { ServerResponse } from "node:http";
import { type LocalServer, serve } from "../intake/server.ts";

/** What an address answers: a body, a status alone, or nothing at all. */
type Answer = { readonly body: string | Uint8Array; readonly type?: string; readonly etag?: string } | { readonly status: number; readonly headers?: Readonly<Record<string, string>> } | "silence";

/** One thing that a feed lists. */
export interface Listed {
  readonly title: string;
  readonly url?: string;
  /** An ISO moment or day. */
  readonly at?: string;
  readonly guid?: string;
  readonly summary?: string;
}

/** A publisher's site: a real server on loopback whose answers the test sets. */
export interface Site {
  /** Without a slash at its end. */
  readonly url: string;
  set(path: string, answer: Answer): void;
  /** From now on the path is an RSS feed of these, in this order. */
  feed(path: string, items: readonly Listed[]): void;
  /** From now on the path is a page of these paragraphs. */
  page(path: string, paragraphs: readonly string[]): void;
  /** The paths that were asked for since the last time, in order. */
  asked(): string[];
  close(): Promise<void>;
}

const escape = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

function rss(items: readonly Listed[]): string {
  const entries = items.map(
    ({ title, url, at, guid, summary }) =>
      `<item><title>${escape(title)}</title>${url ? `<link>${escape(url)}</link>` : ""}${guid ? `<guid>${escape(guid)}</guid>` : ""}${at ? `<pubDate>${new Date(at).toUTCString()}</pubDate>` : ""}${summary ? `<description>${escape(summary)}</description>` : ""}</item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Feed</title>${entries.join("")}</channel></rss>`;
}

/** A page that lists these by links, without dates. */
export function listing(items: readonly { readonly title: string; readonly url: string }[], title = "Press"): string {
  return `<!doctype html><html><head><title>${escape(title)}</title></head><body><main><ul>${items.map((item) => `<li><a href="${item.url}">${escape(item.title)}</a></li>`).join("")}</ul></main></body></html>`;
}

function give(response: ServerResponse, answer: Exclude<Answer, "silence">, asked: string | undefined): void {
  if ("status" in answer) return void response.writeHead(answer.status, answer.headers).end("no");
  const { body, type = "application/rss+xml", etag } = answer;
  if (etag && asked === etag) return void response.writeHead(304, { etag }).end();
  response.writeHead(200, { "content-type": type, ...(etag ? { etag } : {}) }).end(body);
}

/** Opens a site on which nothing is yet. */
export async function openSite(): Promise<Site> {
  const answers = new Map<string, Answer>();
  const server: LocalServer = await serve((request, response) => {
    const answer = answers.get(request.url ?? "") ?? { status: 404 };
    if (answer !== "silence") give(response, answer, request.headers["if-none-match"]);
  });
  return {
    url: server.url,
    set: (path, answer) => void answers.set(path, answer),
    feed: (path, items) => void answers.set(path, { body: rss(items) }),
    page: (path, paragraphs) => void answers.set(path, { body: `<!doctype html><title>Page</title><main>${paragraphs.map((text) => `<p>${escape(text)}</p>`).join("")}</main>`, type: "text/html; charset=utf-8" }),
    asked: () => server.requests.splice(0).map(({ url }) => url ?? ""),
    close: () => server.close(),
  };
}
