import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw, createZstdDecompress } from "node:zlib";

type Chunks = AsyncIterable<Uint8Array>;
type Unpacker = (chunks: Chunks) => Chunks;

/** A body is larger than it may be, packed or unpacked. */
export class TooLarge extends Error {
  override readonly name = "TooLarge";
}

/** A body is packed in a way that we did not offer to read. */
export class UnknownEncoding extends Error {
  override readonly name = "UnknownEncoding";
}

const unpackers: ReadonlyMap<string, Unpacker> = new Map([
  ["gzip", (chunks) => through(chunks, createGunzip())],
  ["x-gzip", (chunks) => through(chunks, createGunzip())],
  ["deflate", inflateEither],
  ["br", (chunks) => through(chunks, createBrotliDecompress())],
  ["zstd", (chunks) => through(chunks, createZstdDecompress())],
]);

/** What `readBody` can unpack, as an Accept-Encoding header. */
export const acceptEncoding = "gzip, deflate, br, zstd";

/** More layers than this are an attack, not a server's habit. */
const maxLayers = 2;

/**
 * Reads and unpacks a body, and stops at once where it passes `maxBytes`, packed or unpacked. The whole of it is held:
 * it is one text, whose encoding its start may name, and which is hashed and checked to its end before it is parsed.
 * Throws TooLarge, UnknownEncoding, or what the body or the unpacking broke with.
 */
export async function readBody(body: Readable, contentEncoding: string, maxBytes: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const chunk of unpacked(body, contentEncoding, maxBytes)) pieces.push(chunk);
  return joined(pieces);
}

/** Reads the start of a body on which nothing depends: as much as comes, whole pieces up to `maxBytes`. Never throws. */
export async function readStart(body: Readable, contentEncoding: string, maxBytes: number): Promise<Buffer> {
  const start: Uint8Array[] = [];
  try {
    for await (const chunk of unpacked(body, contentEncoding, maxBytes)) start.push(chunk);
  } catch {
    // What came before it broke, or grew too large, serves.
  }
  return joined(start);
}

/** Most bodies come in one piece, which is not copied. */
function joined(pieces: readonly Uint8Array[]): Buffer {
  const [only] = pieces;
  return only && pieces.length === 1 ? Buffer.from(only.buffer, only.byteOffset, only.length) : Buffer.concat(pieces);
}

function unpacked(body: Readable, contentEncoding: string, maxBytes: number): Chunks {
  const layers = contentEncoding.toLowerCase().split(",").map((name) => name.trim());
  const packed = layers.filter((name) => name !== "" && name !== "identity").toReversed();
  if (packed.length > maxLayers) throw new UnknownEncoding(`It is packed ${packed.length} times over.`);
  let chunks: Chunks = capped(body, maxBytes);
  for (const name of packed) {
    const unpacker = unpackers.get(name);
    if (!unpacker) throw new UnknownEncoding(`It is packed as "${name.slice(0, 40)}".`);
    chunks = capped(unpacker(chunks), maxBytes);
  }
  return chunks;
}

async function* capped(chunks: Chunks, maxBytes: number): Chunks {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > maxBytes) throw new TooLarge(`It is larger than ${maxBytes} bytes.`);
    yield chunk;
  }
}

async function* through(chunks: Chunks, unpacker: NodeJS.ReadWriteStream & Readable): Chunks {
  // The pipeline destroys the unpacker with whatever breaks the body, so both failures come out of the loop.
  const piped = pipeline(chunks, unpacker).catch(() => undefined);
  yield* unpacker;
  await piped;
}

/** "deflate" means zlib's format, but some servers send the bare stream. The first byte tells which. */
async function* inflateEither(chunks: Chunks): Chunks {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done) return;
  const isZlib = ((first.value[0] ?? 0) & 0x0f) === 8;
  yield* through(rejoin(first.value, iterator), isZlib ? createInflate() : createInflateRaw());
}

async function* rejoin(first: Uint8Array, rest: AsyncIterator<Uint8Array>): Chunks {
  yield first;
  yield* { [Symbol.asyncIterator]: () => rest };
}
