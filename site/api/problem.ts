import type { Context } from "hono";

/** Something that cannot be answered, and what the one who asked can do. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: 400 | 404 | 405 | 500 | 503;
  readonly title: string;

  constructor(status: 400 | 404 | 405 | 500 | 503, title: string, detail: string) {
    super(detail);
    this.status = status;
    this.title = title;
  }
}

/** When to ask again what cannot be answered yet, in seconds: watch makes the index of items within this time. */
export const retryAfter = (status: number): Record<string, string> => (status === 503 ? { "retry-after": "600" } : {});

/** The answer that tells a problem (RFC 9457). */
export function problemAnswer(context: Context, { status, title, message: detail }: Problem): Response {
  return context.body(JSON.stringify({ type: "about:blank", title, status, detail }), status, { "content-type": "application/problem+json", "cache-control": "no-store", ...retryAfter(status) });
}

/** Whether a path is of the API, where what cannot be answered is told as a problem. */
export const isOfApi = (path: string): boolean => path === "/api/v1" || path.startsWith("/api/v1/");

/** What is said to who would change something. */
export const readOnly = new Problem(405, "Nothing can be changed", "Only GET and HEAD are answered here: nothing can be changed. GET /api/v1/openapi.json describes what can be asked.");

/** What is said where nothing is at an address of the API. */
export const noSuchAddress = new Problem(404, "Nothing is here", "GET /api/v1/openapi.json describes what can be asked, and /api shows it to people.");

/** What is said where something of ours failed. */
export const failed = new Problem(500, "Something of ours failed", "It is not what you asked for. Try again in a minute.");

/** What is said to who asks by publisher, language or text before watch has made the index of items. */
export const noIndex = new Problem(503, "The index of items is not made yet", "It is made within ten minutes of the first reading. Until then items can be asked for by month and by series.");
