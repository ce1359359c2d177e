import { UsageError } from "./command.ts";

/** The port in a text that was given for an option. Throws UsageError where it is none. */
export function portOf(option: string, text: string): number {
  const port = Number(text);
  if (text === "" || !Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError(`--${option} "${text}" is no port: give a number up to 65535, or 0 for any that is free`);
  return port;
}
