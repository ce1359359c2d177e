/** A message on its way into a queue. */
export interface Outgoing {
  readonly body: string;
  /** Messages of one group are handled one after another; groups side by side. */
  readonly group: string;
  /** Of two messages with the same, sent within five minutes, the queue takes one. */
  readonly deduplication: string;
}

/** A queue to send into. Throws when it may be that a message was not taken; those before it may have been. */
export interface Queue {
  send(messages: readonly Outgoing[]): Promise<void>;
}

/** A message that came out of a queue. */
export interface Received {
  readonly id: string;
  readonly body: string;
  readonly group: string;
}
