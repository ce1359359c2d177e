import { notes, type Told, type View } from "./view.ts";

/** The version of the format. A field may be added to it, never renamed or taken away. */
const changesSchema = "rights-almanac/changes/1";

function edition(told: Told, { title, scope, words, sentences, facts }: View["changes"]["before"]): object {
  return { year: told.year, url: told.url, sha256: told.sha256, title, scope, words, sentences, ...facts };
}

const heading = (of: View["changes"]["before"], at: number): string => of.headings[at] ?? "";

/** A comparison as a value for JSON: the summary, sections, numbers and every difference, each passage shortened. */
export function changesJson(view: View): object {
  const { subject, changes, summary, parts, limit } = view;
  const { before, after, shares, sections, terms } = changes;
  const pair = (found: { readonly before: number; readonly after: number }): object => ({ before: heading(before, found.before), after: heading(after, found.after) });
  return {
    schema: changesSchema,
    series: subject.series.id,
    seriesName: subject.series.name,
    before: edition(subject.before, before),
    after: edition(subject.after, after),
    summary,
    shares,
    unchangedSentences: changes.unchanged,
    sections: {
      added: sections.added.map((at) => heading(after, at)),
      removed: sections.removed.map((at) => heading(before, at)),
      renamed: sections.renamed.map(pair),
      moved: sections.moved.map(pair),
    },
    figures: changes.changes.flatMap((change) => (change.kind === "changed" ? change.figures.map((figure) => ({ heading: change.to.heading, ...figure })) : [])),
    terms,
    parts,
    quotedWords: limit,
    notes: notes(view),
  };
}
