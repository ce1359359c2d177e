import { checkPhone } from "../shared/alerts/phone.ts";
import { type Address, parseAddress, WishError } from "../shared/alerts/subscriptions.ts";
import { type Arguments, UsageError } from "./command.ts";

/** A wish that cannot be met as written is bad usage; all else is thrown as it is. */
export function rethrownAsUsage(error: unknown): never {
  throw error instanceof WishError ? new UsageError(error.message, { cause: error }) : error;
}

/** The address as it was written, as a word or with --email. Throws UsageError where it is missing or given twice. */
export function writtenAddress(command: string, args: Arguments): string {
  const [word] = args.positionals;
  const option = args.text("email");
  if (word !== undefined && option !== undefined) throw new UsageError(`almanac ${command} takes one address, but got "${word}" and --email "${option}".`);
  const given = word ?? option;
  if (given === undefined) throw new UsageError(`Whose subscription? Write an email address, a phone number, an https address, or the ARN of a queue or function: almanac ${command} name@example.org`);
  return given;
}

/** A phone number as subscribing stored it. A number that is none by now, as plans change, stays its digits, so that it can still be ended. */
async function asStored(written: string): Promise<Address> {
  const address = parseAddress(written, true);
  if (address.protocol !== "sms") return address;
  try {
    return { protocol: "sms", address: (await checkPhone(address.address)).number };
  } catch (error) {
    if (error instanceof WishError) return address;
    throw error;
  }
}

/** The address of a subscription that there is, in whatever spelling it was written. Throws UsageError where it is missing, given twice, or none. */
export async function askedAddress(command: string, args: Arguments): Promise<Address> {
  return asStored(writtenAddress(command, args)).catch(rethrownAsUsage);
}
