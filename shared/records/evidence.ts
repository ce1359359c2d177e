import { createHash } from "node:crypto";

/** What was found, where and when: kept beside the bytes, so that they speak for themselves. */
export interface EvidenceRecord {
  readonly series: string;
  /** The key of the edition in its series. */
  readonly edition: string;
  /** Of the bytes, in hexadecimal. */
  readonly sha256: string;
  /** When it was found, ISO 8601. */
  readonly at: string;
  /** Where; null where a person gave it as a file. */
  readonly url: string | null;
  /** What the publisher called its type. */
  readonly type: string | null;
  readonly bytes: number;
  /** What else the publisher said of it, by the names of the headers. Empty where a person gave it. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Where documents are kept as they were found. Nothing that is kept is ever overwritten or taken away. */
export interface Evidence {
  /** Keeps bytes and their record; the same bytes are kept once. Throws where they may not have been kept. */
  put(bytes: Uint8Array, record: EvidenceRecord): Promise<void>;
  /** The bytes with this SHA-256, whole and unchanged; undefined where they are not kept. Throws where they were changed. */
  get(sha256: string): Promise<Uint8Array | undefined>;
  /** Keeps a text that was made of what is kept, under a name such as evidenceName gives. The first stays. */
  note(name: string, text: string, type: string): Promise<void>;
}

/** Where the bytes lie: in a data folder, and in a bucket. */
export function evidenceKey(sha256: string): string {
  return `evidence/${sha256}`;
}

/** Where what is said of an edition's documents lies: their records, and comparisons. */
export function evidenceName(series: string, edition: string, name: string): string {
  return `evidence/${series}/${edition}/${name}`;
}

/** The record of bytes as it is kept: its place, and JSON for people. */
export function recordText(record: EvidenceRecord): { readonly name: string; readonly text: string } {
  return { name: evidenceName(record.series, record.edition, `${record.sha256}.json`), text: `${JSON.stringify({ format: 1, ...record }, null, 2)}\n` };
}

/** The SHA-256 of bytes, in hexadecimal. */
export function sha256Of(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** The bytes, if they have this SHA-256. Throws a sentence where they were changed since they were kept. */
export function unchanged(bytes: Uint8Array, sha256: string): Uint8Array {
  const found = sha256Of(bytes);
  if (found !== sha256) throw new Error(`The evidence ${sha256} was changed where it is kept: its bytes have the SHA-256 ${found}. Put back a copy of it.`);
  return bytes;
}
