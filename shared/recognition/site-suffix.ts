import { fold } from "./fold.ts";

const bar = /\s[-|·•»–—]/;
const afterBar = /^(.*\S)\s+(?:[|·•»–—]|-{1,2})\s+(\S.{0,79})$/su;

/**
 * A title without the name of its site at the end ("… | OHCHR"), which says nothing of the item: "… - Human
 * Rights Watch" is not on human rights by that. At most four names go, and words must stay before them.
 */
export function withoutSite(title: string, isName: (folded: string) => boolean): string {
  if (!bar.test(title)) return title;
  let rest = title.trim();
  for (let round = 0; round < 4; round++) {
    const [, before, name] = afterBar.exec(rest) ?? [];
    if (before === undefined || name === undefined || !/[\s?]/.test(before) || !isName(fold(name))) break;
    rest = before;
  }
  return rest;
}
