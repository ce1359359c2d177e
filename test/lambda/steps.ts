import type { FunctionName } from "../../shared/stage.ts";
import type { Call } from "./calls.ts";
import type { Monitor } from "./monitor.ts";

/** The id of the alert in a message of SNS. */
function alertIn(body: string): string {
  const { default: text }: { default: string } = JSON.parse(body);
  const { alert }: { alert: string } = JSON.parse(text);
  return alert;
}

/** The alerts that came to a subscriber since the last time, sorted. */
export async function alertsOf(monitor: Monitor, subscriber: string): Promise<string[]> {
  return (await monitor.cloud.take(subscriber)).map(alertIn).sort();
}

/** Kills a function at its next such call: before AWS gets it, or before the function has the answer. */
export function killAt(monitor: Monitor, name: FunctionName, when: "before" | "after", matches: (call: Call) => boolean): Promise<void> {
  return monitor.cloud.recorder.interrupt((call) => call.caller === name && matches(call), { passes: when === "after", act: () => monitor.function(name).kill() });
}
