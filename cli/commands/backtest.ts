import { readFile, writeFile } from "node:fs/promises";
import { tally } from "../../shared/calendar/tally.ts";
import { latencies, requestsOf } from "../../shared/calendar/latency.ts";
import type { Catalogue } from "../../shared/catalogue/schema.ts";
import { slotAfter } from "../../shared/slot.ts";
import { backtestTold, firstTried, latencyTold, markdownTable, requestsTold, tallyTold, type Told } from "../backtest-words.ts";
import { type Arguments, type Command, UsageError } from "../command.ts";
import { grid } from "../grid.ts";
import type { Output } from "../output.ts";
import { projectPath, readCatalogue, shownPath } from "../paths.ts";

/** The last year of which the catalogue knows what came. */
const simulatedYear = 2025;
const page = "docs/calendar.md";

function latencyTables(catalogue: Catalogue): readonly [requests: Told, waits: Told] {
  const requests = requestsOf(catalogue, simulatedYear);
  return [requestsTold(catalogue, simulatedYear, requests), latencyTold(latencies(catalogue, requests, firstTried, slotAfter))];
}

const alertsTold = (catalogue: Catalogue): Told => tallyTold(tally(catalogue, firstTried, simulatedYear), firstTried, simulatedYear);

function print(output: Output, { rows, notes, figure }: Told): void {
  const [head = "", ...lines] = grid(rows);
  output.line(output.style("dim", head));
  for (const line of [...lines, "", ...notes, figure]) output.line(line);
}

const asPart = ({ rows, notes, figure }: Told): string[] => [...markdownTable(rows), "", ...notes, `${figure}.`];

/** The parts of the page that a command makes, by the words of the comment above each. */
export function pageParts(catalogue: Catalogue): ReadonlyMap<string, readonly string[]> {
  const forecast = backtestTold(catalogue);
  const [requests, waits] = latencyTables(catalogue);
  return new Map([
    ["almanac backtest", asPart(forecast)],
    ["almanac backtest --alerts", asPart(alertsTold(catalogue))],
    ["almanac backtest --latency, requests", asPart(requests)],
    ["almanac backtest --latency", asPart(waits)],
  ]);
}

/** The page with its made parts as they are now: what lies between a part's comment and the next `<!-- end -->`. */
export function withParts(text: string, parts: ReadonlyMap<string, readonly string[]>): string {
  return text.replace(/(<!-- (.+) -->\n)(?:[\s\S]*?\n)??(<!-- end -->)/g, (whole, opening: string, name: string, closing: string) => {
    const lines = parts.get(name);
    return lines ? `${opening}${lines.join("\n")}\n${closing}` : whole;
  });
}

async function run(args: Arguments, output: Output): Promise<void> {
  const catalogue = await readCatalogue({ events: args.text("events"), sources: args.text("sources") });
  if (args.flag("alerts") && args.flag("latency")) throw new UsageError("--alerts and --latency ask for two things. Give one of them.");
  if (args.flag("write")) {
    const path = projectPath(page);
    await writeFile(path, withParts(await readFile(path, "utf8"), pageParts(catalogue)));
    return output.line(`wrote ${shownPath(path)}`);
  }
  if (args.flag("alerts")) return print(output, alertsTold(catalogue));
  if (!args.flag("latency")) return print(output, backtestTold(catalogue));
  const [requests, waits] = latencyTables(catalogue);
  print(output, requests);
  output.line("");
  print(output, waits);
}

export const command: Command = {
  summary: "hold the calendar's forecasts, and its pace, against what came",
  usage: "[--latency|--alerts] [--write] [--events FILE] [--sources FILE]",
  help: `Forecasts every edition since ${firstTried} of the yearly series from what was known when the year before ended,
and says how many came inside their window, how many after it, and how wide the windows were; beside it how many
came in the same week as the edition before, and within as many days of that day as the window is wide. The windows
of the catalogue do not count. The last line is the figure.

  --latency          instead: the requests that each host gets in ${simulatedYear}, and the minutes from publication to
                     alert (median / 95 of 100 / worst) inside the window and outside, by the season's pace and by
                     a fixed pace that asks each source as often
  --alerts           instead: how many alerts would have told of late editions from ${firstTried} to ${simulatedYear}, had all sources
                     been readable: the first word, the weekly ones, and that one is missed
  --write            write all tables into docs/calendar.md
  --events FILE      another events.json; --sources FILE another sources.json`,
  options: { latency: { type: "boolean" }, alerts: { type: "boolean" }, write: { type: "boolean" }, events: { type: "string" }, sources: { type: "string" } },
  run,
};
