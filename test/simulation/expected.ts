/** A series that the calendar expects in these days of each year, and the sources that can show it. */
export interface Expected {
  readonly series: string;
  /** MM-DD. */
  readonly opens: string;
  readonly closes: string;
  readonly sources: readonly string[];
}

/** The first has its source read every five minutes in its days; the second is a week in which it may come. */
export const expected: readonly Expected[] = [
  { series: "season", opens: "09-10", closes: "09-11", sources: ["council-news"] },
  { series: "index", opens: "05-10", closes: "05-13", sources: ["league-papers"] },
];

export const daysOf = (series: string | null): Expected | undefined => expected.find((one) => one.series === series);
