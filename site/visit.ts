import type { Theme } from "../shared/catalogue/schema.ts";
import type { Html } from "./html.ts";
import { type Language, languages, type Texts, texts } from "./texts/texts.ts";

/** Who looks at which page, and in which language. */
export interface Visit {
  readonly language: Language;
  readonly texts: Texts;
  /** What the catalogue is about. */
  readonly theme: Pick<Theme, "name" | "subject">;
  /** The path and query without the language, as in /series/x?a=b. */
  readonly path: string;
  /** The parts of the path that name something. */
  readonly named: Readonly<Record<string, string | undefined>>;
  readonly query: URLSearchParams;
  /** A page of this site in the language of the visit. */
  readonly to: (path: string) => string;
}

/** A feed or file that says the same as a page, for programs. */
interface Alternate {
  readonly type: "application/atom+xml" | "application/feed+json" | "text/calendar";
  readonly title: string;
  readonly href: string;
}

/** What a page shows. */
export interface Page {
  readonly title: string;
  readonly main: Html;
  readonly current?: keyof Texts["nav"];
  readonly status?: 200 | 400 | 404 | 500 | 503;
  readonly alternates?: readonly Alternate[];
  /** When what it shows was read, ISO 8601. The page says the day alone, or it would be another one at every reading. */
  readonly at?: string;
}

/** A page, or the path of another one. */
export type Answer = Page | { readonly to: string };

/** The path in a language: English has none in its paths, so that addresses are short. */
export function pathIn(language: Language, path: string): string {
  return language === "en" ? path : path === "/" ? `/${language}` : `/${language}${path}`;
}

/** The visit of an address to what is on a theme; `named` are the parts of its path that name something. */
export function visitOf(language: Language, url: string, named: Visit["named"], theme: Visit["theme"]): Visit {
  const { pathname, search, searchParams } = new URL(url);
  const prefix = language === "en" ? "" : `/${language}`;
  const path = `${pathname.slice(prefix.length) || "/"}${search}`;
  return { language, texts: texts[language], theme, path, named, query: searchParams, to: (to) => pathIn(language, to) };
}

/** The languages but this one. */
export function otherLanguages(language: Language): Language[] {
  return languages.filter((one) => one !== language);
}
