/** What a series or a publisher is called; `short` is for SMS. */
interface Names {
  readonly name: string;
  readonly short: string;
}

/** Names in English and, as far as the catalogue has them, in other languages by their codes. */
export interface Named extends Names {
  readonly translated?: Readonly<Record<string, Names>> | undefined;
}

/** A series or a publisher with its names in a language; where the catalogue has none in it, they stay as they are. */
export function namedIn<One extends Named>(one: One, language: string): One {
  return { ...one, ...one.translated?.[language] };
}
