import type { MiddlewareHandler } from "hono";

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

/** Puts the security headers on every answer, and refuses all that is neither GET nor HEAD. */
export const guarded: MiddlewareHandler = async (context, next) => {
  if (context.req.method === "GET" || context.req.method === "HEAD") await next();
  else context.res = new Response("Only GET and HEAD are answered here: nothing can be changed.\n", { status: 405, headers: { allow: "GET, HEAD", "content-type": "text/plain; charset=utf-8" } });
  for (const [name, value] of Object.entries(headers)) context.header(name, value);
};
