import { type SmsFit, smsFit, withRoomFor } from "./sms-fit.ts";
import { type Style, textsOf } from "./texts/languages.ts";

/**
 * The SMS that `write` makes to fit one part: marked as one that may have come before where the style says so, and with
 * how to stop such messages where there is room for that. `write` takes all the room it can use, since what happened
 * and where matters more; docs/channels.md says how to stop for those whose message has no room for it.
 */
export function frameSms(style: Style, write: (fit: SmsFit) => string): string {
  const texts = textsOf(style);
  const fit = smsFit(texts);
  const { mark } = texts.repeat;
  const text = style.repeat ? `${write(withRoomFor(fit, mark))} ${mark}` : write(fit);
  const fits = (stop: string): boolean => fit.fold(stop) === stop && fit.size(`${text} ${stop}`) <= fit.most;
  const stop = [...(style.contact ? [texts.sms.stopByMail(style.contact)] : []), texts.sms.stop].find(fits);
  return stop === undefined ? text : `${text} ${stop}`;
}
