/** One way in which the product could be wrong: this text of a file, replaced by that. */
export interface Mutation {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** Faults that a person might make, each in one place. The simulation must find every one of them. */
export const mutations: readonly Mutation[] = [
  {
    name: "a change is written without its condition",
    file: "shared/records/records.ts",
    from: "if (await (before ? table.replace(after) : table.putNew(after))) return after;",
    to: "await table.putAll([after]);\n    return after;",
  },
  {
    name: "an alert is taken off its record before it is published",
    file: "functions/notify/notify.ts",
    from: "  const sending = facts ? await tell",
    to: "  await settle(table, key, alert);\n  const sending = facts ? await tell",
  },
  {
    name: "an alert is noted as sent before it is published",
    file: "functions/notify/send.ts",
    from: "composed, sent: null,",
    to: 'composed, sent: before ? "noted" : null,',
  },
  {
    name: "that an alert was sent is noted nowhere",
    file: "functions/notify/send.ts",
    from: "sent: now, messageIds: answer,",
    to: "sent: null, messageIds: answer,",
  },
  {
    name: "a fault of our own while a source is read is taken for the publisher's",
    file: "functions/poll/poll.ts",
    from: "if (!(error instanceof SourceError)) throw error;\n    const { reason",
    to: 'if (!(error instanceof SourceError)) return { items: 0, fresh: 0, skipped: [], rung: [], reason: undefined, detail: undefined, state: contentOf(source, state, at), failed: false, retryAfterSeconds: undefined };\n    const { reason',
  },
  {
    name: "a poll that met a fault of ours counts as done",
    file: "shared/queue/fifo.ts",
    from: "return group.slice(index).map(({ id }) => id);",
    to: "return [];",
  },
  {
    name: "settling one alert takes out another that is owed, too",
    file: "shared/records/owed.ts",
    from: "  left.delete(alertId);",
    to: "  left.clear();",
  },
  {
    name: "settling takes out the wrong alert",
    file: "shared/records/owed.ts",
    from: "  left.delete(alertId);",
    to: "  left.delete([...left].at(-1) ?? alertId);",
  },
  {
    name: "the item is noted before its edition",
    file: "functions/poll/record.ts",
    from: "  const sighted = series && counted",
    to: '  if (!series?.several) await change(recording.table, itemKey(id), (stored) => itemContent(relevant, occasion, series?.year && relevant.edition !== null ? String(relevant.edition) : null, stored ?? before));\n  const sighted = series && counted',
  },
  {
    name: "the name of one edition of several is not claimed",
    file: "functions/poll/record.ts",
    from: "  if (!series.several) return name;",
    to: "  if (series.several !== undefined || table) return name;",
  },
  {
    name: "what a first reading shows rings",
    file: "functions/poll/silence.ts",
    from: "if (firstRead) return published.length === 10",
    to: "if (firstRead && published > at) return published.length === 10",
  },
  {
    name: "a first reading silences what is new",
    file: "functions/poll/silence.ts",
    from: "if (firstRead) return published.length === 10 ? published <= installed.slice(0, 10) : published < installed;",
    to: "if (firstRead) return true;",
  },
  {
    name: "an item whose page could not be read is not looked at again",
    file: "functions/poll/sift.ts",
    from: "  return mark.slice(0, 8) + unread;",
    to: "  return mark;",
  },
  {
    name: "watch hands nothing on",
    file: "functions/watch/sweep.ts",
    from: "  await queue.send(left.map((message) => owedOutgoing(message, now)));",
    to: "  if (left.length > 1000) await queue.send(left.map((message) => owedOutgoing(message, now)));",
  },
  {
    name: "what is owed again has the same name in the queue for ever, and poll waits an hour to send it",
    file: "functions/watch/sweep.ts",
    from: "const leftBehindMs = 5 * minuteMs;",
    to: "const leftBehindMs = 60 * 24 * 60 * minuteMs;",
  },
  {
    name: "an address with http is another than with https",
    file: "shared/intake/identity.ts",
    from: "const address = item.url ? canonicalAddress(item.url) : undefined;",
    to: 'const address = item.url ? item.url.slice(0, 5) + canonicalAddress(item.url) : undefined;',
  },
  {
    name: "half a title at the end of a feed that was cut off is a title",
    file: "shared/intake/cut-off.ts",
    from: "  if (closing.test(rest)) return undefined;",
    to: "  if (rest.length > 0) return undefined;",
  },
  {
    name: "a source that is read again keeps its failures",
    file: "shared/intake/backoff.ts",
    from: "const failures = failed ? (previous?.failures ?? 0) + 1 : 0;",
    to: "const failures = failed ? (previous?.failures ?? 0) + 1 : (previous?.failures ?? 0);",
  },
  {
    name: "a source is never polled",
    file: "functions/plan/plan.ts",
    from: "if (source.disabled !== undefined) return false;",
    to: 'if (source.disabled !== undefined || source.id === "council-library") return false;',
  },
  {
    name: "a source that asks for patience each time is asked before the others of its host",
    file: "functions/poll/round.ts",
    from: "(wait(a) < wait(b) ? -1 : wait(a) > wait(b) ? 1 : 0)",
    to: "(wait(a) < wait(b) ? 1 : wait(a) > wait(b) ? -1 : 0)",
  },
  {
    name: "a source that never could be read is told to nobody",
    file: "functions/poll/health.ts",
    from: "if (firstRead === null) return failures > 0",
    to: "if (firstRead === null) return failures < 0",
  },
  {
    name: "a loss is never told",
    file: "functions/poll/health.ts",
    from: 'return "lost";',
    to: "return undefined;",
  },
  {
    name: "a reading of which nothing was there before is nothing unusual, but for a pinned item",
    file: "functions/poll/sift.ts",
    from: "(!overlap || pinned)",
    to: "(pinned && overlap)",
  },
  {
    name: "a record that was written meanwhile is not read again",
    file: "shared/records/records.ts",
    from: "    const before = await read(table, key);\n    const content = next(before);",
    to: "    const before = tries === 0 ? await read(table, key) : undefined;\n    const content = next(before);",
  },
  {
    name: "an item that is known rings again when it is edited",
    file: "functions/poll/record.ts",
    from: "rings = tells && !silent && stored?.rang === undefined && (stored === undefined || isUndecided(stored));",
    to: "rings = tells && !silent;",
  },
  {
    name: "a correction is owed to nobody",
    file: "functions/poll/take-back.ts",
    from: "return wrong.size > 0 ? owe(open, alert, at) : open;",
    to: "return open;",
  },
  {
    name: "an item is not kept from the edition that a person ruled out",
    file: "functions/poll/record.ts",
    from: "if (before && (isSame(before, relevant) || isOverruled(recording.series, before, relevant, occasion.at))) continue;",
    to: "if (before && isSame(before, relevant)) continue;",
  },
  {
    name: "the right edition does not get what was taken for the wrong one",
    file: "functions/poll/correct.ts",
    from: "  if (to) await change(",
    to: "  if (to && to.series === at) await change(",
  },
  {
    name: "a correction does not open the name of the edition again",
    file: "shared/records/editions.ts",
    from: "corrections.length > 0 ? `:again-",
    to: "corrections.length > 99 ? `:again-",
  },
  {
    name: "late is told at every look that tells",
    file: "shared/calendar/telling.ts",
    from: "const isNews = told.late === undefined ||",
    to: "const isNews = told.late !== today ||",
  },
  {
    name: "late is told once a week, but not the first time",
    file: "shared/calendar/telling.ts",
    from: "return isLate && (isNews || isWeekly)",
    to: "return isLate && isWeekly",
  },
  {
    name: "what cannot be seen is taken for late",
    file: "shared/calendar/standing.ts",
    from: "if (doubt !== null || isBlind(sight)) return",
    to: "if (doubt !== null) return",
  },
  {
    name: "what may have come unseen is taken for late",
    file: "shared/calendar/standing.ts",
    from: "doubtOn(series, expected.year, hasSeen ?? null)",
    to: "doubtOn(series, expected.year, null)",
  },
  {
    name: "the calendar does not look at what is on record",
    file: "functions/watch/look.ts",
    from: "await sideBySide(catalogue.series, queriesAtOnce, async",
    to: "await sideBySide([], queriesAtOnce, async",
  },
];
