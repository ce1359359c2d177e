import { foldHost } from "../recognition/canonical.ts";
import { didYouMean, type Finding, findingsOn, twice } from "./finding.ts";
import type { Catalogue, Series, Source } from "./schema.ts";

function unique(ids: readonly string[]): ReadonlySet<string> {
  return new Set(ids);
}

/** The host that a source is read from, its aliases folded to one. */
export function hostOf({ url }: Source): string {
  return foldHost(URL.parse(url)?.hostname ?? "");
}

/** Placeholders of its addresses that nothing fills, and credentials that no address uses. */
function addressFaults(source: Source): Finding[] {
  const { fault, warning } = findingsOn("sources", source.id);
  const urls = [source.url, ...source.fallbacks];
  const names = unique(urls.flatMap((url) => [...url.matchAll(/(?:\{|%7B)(\w+)(?:\}|%7D)/g)].map((match) => match[1] ?? "")));
  const found: Finding[] = [];
  for (const name of names) {
    if (name === "year" || name === source.credential) continue;
    found.push(fault(`its url has {${name}}, which nothing fills. Only {year} and the name given as "credential" are filled.`));
  }
  if (source.credential !== undefined && !names.has(source.credential)) found.push(fault(`no url of it has {${source.credential}}, its credential. Put it where the credential belongs.`));
  if (names.has("year") && !source.mayBeEmpty) found.push(warning('its url carries the year, and is not there until the edition is. Say "mayBeEmpty": true, or its 404 is taken for a failure.'));
  for (const url of twice(urls)) found.push(fault(`has the address ${url} twice. Take one away.`));
  return found;
}

/** Mail that could come from anybody, or that nobody could send. */
function mailFaults({ id, read }: Source): Finding[] {
  if (read.as !== "mail" || (read.senders === undefined) === (read.dkim === undefined)) return [];
  const { fault } = findingsOn("sources", id);
  return read.dkim === undefined
    ? [fault('names "senders" without "dkim", so that anybody could write in their name. Add the domain that signs their mail: d= in the DKIM-Signature of a message that is theirs.')]
    : [fault('names "dkim" without "senders", so that no mail is its own. Add the addresses that its mail comes from.')];
}

/** A message must be of one source alone. */
function sharedSenders(sources: readonly Source[]): Finding[] {
  const owner = new Map<string, string>();
  return sources.flatMap(({ id, read }) => {
    const senders = read.as === "mail" ? (read.senders ?? []).map((sender) => sender.toLowerCase()) : [];
    return senders.flatMap((sender) => {
      const other = owner.get(sender);
      if (other === undefined) owner.set(sender, id);
      return other === undefined ? [] : [findingsOn("sources", id).fault(`has the sender ${sender}, which "${other}" has too, so that its mail is neither's. Take it from one of them.`)];
    });
  });
}

function checkSource(source: Source, series: ReadonlySet<string>, publishers: ReadonlySet<string>): Finding[] {
  const { fault, warning } = findingsOn("sources", source.id);
  const found = [...addressFaults(source), ...mailFaults(source)];
  for (const id of source.carries) if (!series.has(id)) found.push(fault(`carries "${id}", which is no series of the events file. ${didYouMean(id, series) || "Describe that series, or take the id away."}`));
  for (const id of twice(source.carries)) found.push(warning(`carries "${id}" twice. Take one away.`));
  if (!publishers.has(source.publisher)) found.push(fault(`has the publisher "${source.publisher}", which is not among the publishers. ${didYouMean(source.publisher, publishers) || "Describe it there."}`));
  return found;
}

/** Faults of the sources and publishers, in themselves and against the series. */
export function checkSources({ series, sources, publishers }: Catalogue): Finding[] {
  const seriesIds = unique(series.map(({ id }) => id));
  const publisherIds = unique(publishers.map(({ id }) => id));
  const enabled = sources.filter(({ disabled }) => disabled === undefined);
  const shared = twice(enabled.map(({ url }) => url)).map((url) => {
    const [first, ...others] = enabled.filter((source) => source.url === url);
    return findingsOn("sources", first?.id ?? "").fault(`has the same url as ${others.map(({ id }) => `"${id}"`).join(", ")}. Join them into one, with the "carries" of all.`);
  });
  return [...sources.flatMap((source) => checkSource(source, seriesIds, publisherIds)), ...shared, ...sharedSenders(sources)];
}

/** A series that is not carried by two enabled sources on different hosts. */
export interface SingleHost {
  readonly series: string;
  /** The hosts that carry it: one or none. */
  readonly hosts: readonly string[];
  /** The catalogue's reason. */
  readonly why: string | undefined;
}

function carriers(sources: readonly Source[]): ReadonlyMap<string, ReadonlySet<string>> {
  const hosts = new Map<string, Set<string>>();
  for (const source of sources) {
    if (source.disabled !== undefined) continue;
    for (const id of source.carries) hosts.set(id, (hosts.get(id) ?? new Set()).add(hostOf(source)));
  }
  return hosts;
}

/** The series that one block would blind us for, and why they are so. */
export function singleHosts({ series, sources }: Pick<Catalogue, "series" | "sources">): SingleHost[] {
  const hosts = carriers(sources);
  return series.flatMap(({ id, singleHost }) => {
    const on = [...(hosts.get(id) ?? [])];
    return on.length < 2 ? [{ series: id, hosts: on, why: singleHost }] : [];
  });
}

/** A single host without a reason is a fault, and a reason without a single host is an old one. */
export function checkHosts(catalogue: Catalogue): Finding[] {
  const single = singleHosts(catalogue);
  const unexplained = single
    .filter(({ why }) => why === undefined)
    .map(({ series, hosts }) => findingsOn("events", series).fault(`is carried by ${hosts.length === 0 ? "no enabled source" : `sources on ${hosts[0]} alone`}, so one block blinds us. Let a source on another host carry it, or say why none can with "singleHost".`));
  const isSingle = (series: Series): boolean => single.some((one) => one.series === series.id);
  const outdated = catalogue.series.filter((series) => series.singleHost !== undefined && !isSingle(series)).map(({ id }) => findingsOn("events", id).warning('says why it has a "singleHost", but sources on two hosts carry it. Take the reason away.'));
  return [...unexplained, ...outdated];
}

/** A source that a person must look at, since no machine can or not well enough. */
export interface ManualCheck {
  readonly source: string;
  readonly everyDays: number;
  /** What to do. */
  readonly message: string;
  /** The day of the next look, YYYY-MM-DD; null where nobody has looked yet, which is due. */
  readonly dueOn: string | null;
}

/** Every look that a person must take, the one that is due longest first. A source was last looked at when it was verified. */
export function manualChecks(sources: readonly Source[]): ManualCheck[] {
  const checks = sources.flatMap(({ id, manualCheck, verified }) => {
    if (!manualCheck) return [];
    const dueOn = verified === false ? null : new Date(Date.parse(verified) + manualCheck.everyDays * 86_400_000).toISOString().slice(0, 10);
    return [{ source: id, ...manualCheck, dueOn }];
  });
  return checks.toSorted((a, b) => ((a.dueOn ?? "") < (b.dueOn ?? "") ? -1 : 1));
}
