import type { MiddlewareHandler } from "hono";
import { isOfApi, problemAnswer, readOnly } from "./api/problem.ts";

/** Nothing is run, and nothing comes from elsewhere: a stylesheet and an icon of our own are all that a page loads. */
const policy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const headers = {
  "content-security-policy": policy,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
} as const;

/** Puts the security headers on every answer that does not set its own, and refuses all that is neither GET nor HEAD. */
export const guarded: MiddlewareHandler = async (context, next) => {
  if (context.req.method === "GET" || context.req.method === "HEAD") await next();
  else {
    context.res = isOfApi(context.req.path) ? problemAnswer(context, readOnly) : new Response(`${readOnly.message}\n`, { status: 405, headers: { "content-type": "text/plain; charset=utf-8" } });
    context.header("allow", "GET, HEAD");
  }
  for (const [name, value] of Object.entries(headers)) if (!context.res.headers.has(name)) context.header(name, value);
};
