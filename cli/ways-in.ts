import { join } from "node:path";
import { dkimExaminer } from "../local/dkim.ts";
import type { WayIn } from "../local/mailbox.ts";
import { openMailFolder } from "../local/mail-folder.ts";
import { type MailServer, makeMaildir, openMailServer } from "../local/mail-server.ts";
import { messageOf } from "../shared/fault.ts";
import { findingsBy } from "../shared/intake/mail-results.ts";
import { type Arguments, Failure, UsageError } from "./command.ts";
import { givenPath } from "./paths.ts";
import { portOf } from "./port.ts";

/** The ways in for mail that a person asked for. */
export interface AskedWays {
  readonly folder: string | undefined;
  /** The authserv-id of the receiver that delivers into the folder. */
  readonly receiver: string | undefined;
  /** Where our own server listens; nothing where it was not asked for. */
  readonly listen: { readonly host: string; readonly port: number } | undefined;
}

/** Those ways, open. */
export interface OpenWays {
  readonly all: readonly WayIn[];
  /** Begins to listen, where that was asked for, and says where; `onMail` is called when mail has come. Throws Failure where it cannot. */
  listen(onMail: () => void, say: (sentence: string) => void): Promise<Pick<MailServer, "close">>;
}

/** Of what our own server took, as much as this is kept after it was read or refused. */
const mostKept = 1000;

/** What was asked for by `--mail-…`. Throws UsageError where one of them means nothing without another. */
export function askedWays(args: Arguments): AskedWays {
  const [folder, receiver, port, host] = [args.text("mail-folder"), args.text("mail-receiver"), args.text("mail-port"), args.text("mail-host")];
  if (receiver !== undefined && folder === undefined) throw new UsageError("--mail-receiver says who delivers into --mail-folder, which is not given");
  if (host !== undefined && port === undefined) throw new UsageError("--mail-host says where to listen for mail, and --mail-port at which port, which is not given");
  return {
    folder: folder === undefined ? undefined : givenPath(folder),
    receiver,
    listen: port === undefined ? undefined : { host: host ?? "127.0.0.1", port: portOf("mail-port", port) },
  };
}

/** Opens the ways in; what our own server takes lies below the data folder. Throws Failure where one cannot be used. */
export async function openWays({ folder, receiver, listen }: AskedWays, dataFolder: string): Promise<OpenWays> {
  const maildir = join(dataFolder, "mail");
  const all: WayIn[] = [];
  try {
    if (folder !== undefined) all.push({ folder: await openMailFolder(folder), examine: receiver === undefined ? dkimExaminer() : (head) => findingsBy(head, receiver) });
    if (listen) {
      await makeMaildir(maildir);
      all.push({ folder: await openMailFolder(maildir, mostKept), examine: dkimExaminer() });
    }
  } catch (error) {
    throw new Failure(messageOf(error), { cause: error });
  }
  return {
    all,
    async listen(onMail, say) {
      if (!listen) return { close: async () => undefined };
      const server = await openMailServer({ ...listen, maildir }, onMail).catch((error: unknown) => {
        throw new Failure(messageOf(error), { cause: error });
      });
      say(`Mail is taken on ${listen.host}:${server.port}, and kept in ${maildir}.`);
      return server;
    },
  };
}
