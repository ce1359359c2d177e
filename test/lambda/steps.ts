import type { FunctionName } from "../../shared/stage.ts";
import type { Call } from "./calls.ts";
import type { Monitor } from "./monitor.ts";

/** What programs read in a message of SNS. */
function messageIn(body: string): { readonly alert: string; readonly repeat: boolean } {
  const { default: text }: { default: string } = JSON.parse(body);
  return JSON.parse(text);
}

/** The messages that came to a subscriber since the last time, in their order. */
export async function messagesOf(monitor: Monitor, subscriber: string): Promise<ReturnType<typeof messageIn>[]> {
  return (await monitor.cloud.take(subscriber)).map(messageIn);
}

/** The alerts that came to a subscriber since the last time, sorted. */
export async function alertsOf(monitor: Monitor, subscriber: string): Promise<string[]> {
  return (await monitor.cloud.take(subscriber)).map((body) => messageIn(body).alert).sort();
}

/** Kills a function at its next such call: before AWS gets it, or before the function has the answer. */
export function killAt(monitor: Monitor, name: FunctionName, when: "before" | "after", matches: (call: Call) => boolean): Promise<void> {
  return monitor.cloud.recorder.interrupt((call) => call.caller === name && matches(call), { passes: when === "after", act: () => monitor.function(name).kill() });
}
