import type { FunctionName } from "../shared/stage.ts";

/** How much of a machine a function gets, and for how long. */
export interface Size {
  readonly memoryMB: number;
  readonly timeoutSeconds: number;
}

/**
 * The size of each function. Processor time comes with memory: 1,769 MB are one processor. The SDK takes some 20
 * seconds to tell that a service is away, and no function may end before it was told. poll waits for publishers most
 * of its time, but may hold the pages of ten at once. compare reads reports of 50 MB and 650 pages, and computes. site is
 * waited for by a reader, and compares documents too: CloudFront waits for 30 seconds.
 */
export const sizes: Readonly<Record<FunctionName, Size>> = {
  plan: { memoryMB: 256, timeoutSeconds: 30 },
  poll: { memoryMB: 512, timeoutSeconds: 60 },
  notify: { memoryMB: 256, timeoutSeconds: 60 },
  watch: { memoryMB: 256, timeoutSeconds: 60 },
  compare: { memoryMB: 1024, timeoutSeconds: 540 },
  site: { memoryMB: 1024, timeoutSeconds: 30 },
};

/** How many of poll run side by side. All hosts are due at the first tick, and a new account may run ten functions at once: half of that is left to the others. */
export const pollsSideBySide = 5;
/** In how large batches queues are read: FIFO allows no more. */
export const messagesABatch = 10;
/** After so long nobody wants a message of poll any more: what is older is planned anew, as a slot comes again before that. */
export const pollRetentionMinutes = 15;
