/** A catalogue file is not what its schema asks. The message names the file, each place in it, and what to do. */
export class CatalogueError extends Error {
  override readonly name = "CatalogueError";
}

/** A file's name, for messages, and its text. */
export interface CatalogueFile {
  readonly name: string;
  readonly text: string;
}
