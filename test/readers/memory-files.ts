import type { ReaderFiles } from "../../shared/readers/files.ts";

/** Files for readers in memory, with what was read and written. */
export interface MemoryFiles extends ReaderFiles {
  readonly held: Map<string, string>;
  /** What was asked since the last time, as "read items.json" or "write items.json", and what was there already as "same items.json". */
  asked(): string[];
}

export function memoryFiles(): MemoryFiles {
  const held = new Map<string, string>();
  const asked: string[] = [];
  return {
    held,
    asked: () => asked.splice(0),
    async read(name, tag) {
      const text = held.get(name);
      asked.push(`${text !== undefined && text === tag ? "same" : "read"} ${name}`);
      if (text === undefined) return { kind: "absent" };
      return text === tag ? { kind: "same" } : { kind: "content", text, etag: text };
    },
    async write(name, text) {
      asked.push(`write ${name}`);
      held.set(name, text);
    },
  };
}
