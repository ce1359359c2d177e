import { setFlagsFromString } from "node:v8";

/**
 * Keeps Node's heap for young objects as large as it is now. By itself it doubles, up to 64 MB, as often as enough
 * objects outlive a look at it, which those of some thousand feeds do, though few of them are in hand at once. Of V8's
 * settings for that heap this one alone is heeded after the start (Node 24; docs/performance.md has the figures).
 */
export function keepYoungHeap(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
}
