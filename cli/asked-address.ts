import { type Address, parseAddress, WishError } from "../shared/alerts/subscriptions.ts";
import { type Arguments, UsageError } from "./command.ts";

/** A wish that cannot be met as written is bad usage; all else is thrown as it is. */
export function rethrownAsUsage(error: unknown): never {
  throw error instanceof WishError ? new UsageError(error.message, { cause: error }) : error;
}

/** The address that was given, as a word or with --email. Throws UsageError where it is missing, given twice, or none. */
export function askedAddress(command: string, args: Arguments): Address {
  const [word] = args.positionals;
  const option = args.text("email");
  if (word !== undefined && option !== undefined) throw new UsageError(`almanac ${command} takes one address, but got "${word}" and --email "${option}".`);
  const given = word ?? option;
  if (given === undefined) throw new UsageError(`Whose subscription? Write an email address, a phone number or an https address: almanac ${command} name@example.org`);
  try {
    return parseAddress(given, command !== "subscribe" || args.flag("allow-loopback"));
  } catch (error) {
    return rethrownAsUsage(error);
  }
}
