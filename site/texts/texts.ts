import { en } from "./en.ts";
import { ko } from "./ko.ts";

export const languages = ["en", "ko"] as const;
export type Language = (typeof languages)[number];

/** Every text of the site: what English has, each language has. */
export type Texts = typeof en;

export const texts: Readonly<Record<Language, Texts>> = { en, ko };
