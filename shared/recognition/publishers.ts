import type { Publisher, Source } from "../catalogue/schema.ts";
import { foldHost, possibleHosts } from "./canonical.ts";
import { fold } from "./fold.ts";

/** Whose an item is, by its source or its address. */
export interface Publishers {
  /** The publisher of a source's id, of a publisher's name, or of a host. */
  readonly publisherOfSource: (source: string) => string | undefined;
  /** The publisher of a host's path; with several, the one of the longest path, and then of the longest host. */
  publisherOfHost(host: string, path: string): string | undefined;
  /** Of all publishers who have the host of an address or a part of it, whatever its path: quicker than to read the address. Undefined where the host is not plain to see. */
  readonly publishersOn: (url: string) => readonly string[] | undefined;
  /** Whether folded words are a name of a publisher. */
  readonly isPublisher: (folded: string) => boolean;
}

interface KnownHost {
  readonly publisher: string;
  readonly host: string;
  /** The part of the host that is the publisher's; empty for all of it. */
  readonly path: string;
}

const remembered = 1000;

/** The same function, which does not work out again what it was asked lately: items come from few sources and hosts. */
function remember<Answer>(answer: (question: string) => Answer): (question: string) => Answer {
  const answers = new Map<string, { readonly is: Answer }>();
  return (question) => {
    const known = answers.get(question);
    if (known) return known.is;
    if (answers.size >= remembered) answers.clear();
    const is = answer(question);
    answers.set(question, { is });
    return is;
  };
}

/** A host, or a host and the beginning of a path, as the catalogue writes a publisher's. */
function readHost(written: string): Omit<KnownHost, "publisher"> {
  const slash = written.indexOf("/");
  return { host: foldHost(slash < 0 ? written : written.slice(0, slash)), path: slash < 0 ? "" : written.slice(slash) };
}

/** Whether an address lies on one of a publisher's hosts, as the catalogue writes them. */
export function isOnHosts({ hostname, pathname }: URL, hosts: Publisher["hosts"]): boolean {
  const domains = domainsOf(foldHost(hostname));
  return hosts.map(readHost).some(({ host, path }) => domains.includes(host) && pathname.startsWith(path));
}

function knownHosts(publishers: readonly Publisher[]): Map<string, KnownHost[]> {
  const hosts = publishers.flatMap(({ id, hosts: list }) => list.map((written): KnownHost => ({ publisher: id, ...readHost(written) })));
  return Map.groupBy(hosts, ({ host }) => host);
}

/** A host and the domains that it lies in: a.b.org, b.org and org. */
function domainsOf(host: string): string[] {
  const labels = host.split(".");
  return labels.map((_, from) => labels.slice(from).join("."));
}

/** Makes the names and hosts of publishers ready to be asked for. */
export function indexPublishers(publishers: readonly Publisher[], sources: readonly Source[]): Publishers {
  const hosts = knownHosts(publishers);
  const names = new Map(publishers.flatMap(({ id, name, short, names: others }) => [id, name, short, ...others].map((known) => [fold(known), id])));
  const ofSources = new Map(sources.map(({ id, publisher }) => [id, publisher]));
  // A host is shorter than those that lie in it, so the longest come first.
  const of = remember((host) => domainsOf(host).flatMap((domain) => hosts.get(domain) ?? []).toSorted((a, b) => b.path.length - a.path.length));
  const publisherOfHost = (host: string, path: string): string | undefined => of(host).find((known) => path.startsWith(known.path))?.publisher;
  const on = remember((host) => (/^[a-z0-9.-]+$/.test(host) ? possibleHosts(host).flatMap((one) => of(one).map(({ publisher }) => publisher)) : undefined));
  return {
    publisherOfHost,
    publishersOn: (url) => {
      const start = url.startsWith("https://") ? 8 : url.startsWith("http://") ? 7 : -1;
      return start < 0 ? undefined : on(url.slice(start, Math.max(start, url.indexOf("/", start))));
    },
    publisherOfSource: remember((source) => ofSources.get(source) ?? names.get(fold(source)) ?? (source.includes(".") ? publisherOfHost(foldHost(source), "") : undefined)),
    isPublisher: (folded) => names.has(folded),
  };
}
