import { TimedOut } from "./connections.ts";
import { SourceError, type Reason } from "./health.ts";
import { TooLarge, UnknownEncoding } from "./unpack.ts";

const timeoutCodes = new Set(["ETIMEDOUT", "ERR_SOCKET_CONNECTION_TIMEOUT"]);
const nameCodes = new Set(["ENOTFOUND", "EAI_AGAIN", "EAI_NODATA", "EAI_FAIL", "ENODATA", "ESERVFAIL"]);
const certificateCode = /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|ERR_TLS_CERT)/;
const tlsCode = /^(ERR_SSL_|ERR_TLS_|EPROTO$)/;
const systemCode = /^E[A-Z]+$/;

/** What an address did instead of answering, as a source's failure; what is a fault of ours comes back as it is. */
export function requestFailure(error: unknown, url: URL): unknown {
  if (error instanceof SourceError) return error;
  const code = codeOf(error);
  const failure = (reason: Reason, what: string) => new SourceError(reason, `${url.host} ${what}`, { cause: error });

  if (isTimeout(error)) {
    return failure("timeout", "did not answer in time. It is tried again later; if this lasts, open its address in a browser, for it may be dropping us.");
  }
  if (code === "HPE_HEADER_OVERFLOW") return failure("too-large", "answered with headers that are too large to read.");
  if (code.startsWith("HPE_")) return failure("unreadable", "answered with something that is not HTTP. Check the port and http or https in the source's url.");
  if (nameCodes.has(code)) return failure("unreachable", `was not found (${code}). Check the name in the source's url, and this machine's network.`);
  if (certificateCode.test(code)) return failure("unreachable", `has a certificate that cannot be trusted (${code}), so it was not read. Usually the publisher let it expire, or sends it without its chain.`);
  if (tlsCode.test(code)) return failure("unreachable", `could not agree with us on encryption (${code}).`);
  if (code === "ECONNREFUSED") return failure("unreachable", "refused the connection. It is tried again later.");
  if (code === "ECONNRESET" || code === "EPIPE") return failure("unreachable", "closed the connection without an answer. It is tried again later.");
  if (systemCode.test(code)) return failure("unreachable", `could not be reached (${code}). It is tried again later.`);
  return error;
}

/** What went wrong while a body was read, as a source's failure. */
export function bodyFailure(error: unknown, url: URL, maxBytes: number): SourceError {
  const failure = (reason: Reason, what: string) => new SourceError(reason, `${url.host} ${what}`, { cause: error });
  if (error instanceof TooLarge) {
    return failure("too-large", `sent more than ${maxBytes} bytes once unpacked, so reading stopped. Check that the source's url is a feed or a listing.`);
  }
  if (error instanceof UnknownEncoding) return failure("unreadable", `sent a body we cannot unpack. ${error.message}`);
  if (isTimeout(error)) return failure("timeout", "did not send its whole answer in time. It is tried again later.");
  return failure("unreadable", `sent a body that is cut off or damaged (${codeOf(error) || String(error)}). It is tried again later.`);
}

function isTimeout(error: unknown): boolean {
  return error instanceof TimedOut || timeoutCodes.has(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
