import { type SmsFit, smsFit, withRoomFor } from "./sms-fit.ts";
import { type Style, textsOf } from "./texts/languages.ts";
import type { Texts } from "./texts/texts.ts";

/** How to stop such messages, from the best words to the shortest. */
function stopWords({ contact, replies }: Style, { sms }: Texts): string[] {
  return [...(contact ? [sms.stopByMail(contact)] : []), replies === false ? sms.ask : sms.stop];
}

/**
 * The SMS that `write` makes to fit one part: marked as one that may have come before where the style says so, then with
 * `more` in order of worth, and with how to stop such messages. Of each of these the first wording stands for which
 * there is room, or none. `write` takes all the room it can use, since what happened and where matters more;
 * docs/channels.md says how to stop for those whose message has no room for it.
 */
export function frameSms(style: Style, write: (fit: SmsFit) => string, more: readonly (readonly string[])[] = []): string {
  const texts = textsOf(style);
  const fit = smsFit(texts);
  const { mark } = texts.repeat;
  let text = style.repeat ? `${write(withRoomFor(fit, mark))} ${mark}` : write(fit);
  for (const wordings of [...more, stopWords(style, texts)]) {
    const found = wordings.find((one) => fit.fold(one) === one && fit.size(`${text} ${one}`) <= fit.most);
    if (found !== undefined) text += ` ${found}`;
  }
  return text;
}
