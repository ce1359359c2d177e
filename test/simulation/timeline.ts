export const day = 24 * 60 * 60_000;
export const hour = 60 * 60_000;

/** Time that jumps from one thing that happens to the next. Moments are milliseconds since 1970. */
export interface Timeline {
  now(): number;
  /** Has something happen at a moment, or at once where that has passed. It answers false where nothing follows from it. */
  at(moment: number, happen: () => unknown): void;
  /** Lets everything happen up to a moment. Between two things all that follows from the first has come to rest. */
  run(until: number): Promise<void>;
}

interface Due {
  readonly moment: number;
  /** Of two at one moment the one that was asked for first comes first. */
  readonly order: number;
  readonly happen: () => unknown;
}

const isSooner = (a: Due, b: Due): boolean => a.moment < b.moment || (a.moment === b.moment && a.order < b.order);

/** Resolves when no promise has anything left to do: Node looks at its ticks only then. (A turn of its event loop takes longer than most of what happens.) */
const rest = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));

/** A binary heap, the soonest on top. */
function createHeap() {
  const heap: Due[] = [];
  const swap = (one: number, other: number): void => {
    const [a, b] = [heap[one], heap[other]];
    if (a && b) [heap[one], heap[other]] = [b, a];
  };
  const sooner = (one: number, other: number): boolean => {
    const [a, b] = [heap[one], heap[other]];
    return a !== undefined && b !== undefined && isSooner(a, b);
  };
  function sink(): void {
    for (let place = 0; ; ) {
      const left = 2 * place + 1;
      const child = sooner(left + 1, left) ? left + 1 : left;
      if (!sooner(child, place)) return;
      swap(child, place);
      place = child;
    }
  }
  return {
    top: () => heap[0],
    push(due: Due): void {
      heap.push(due);
      for (let place = heap.length - 1; place > 0; ) {
        const parent = (place - 1) >> 1;
        if (!sooner(place, parent)) return;
        swap(place, parent);
        place = parent;
      }
    },
    pop(): void {
      const last = heap.pop();
      if (heap.length === 0 || !last) return;
      heap[0] = last;
      sink();
    },
  };
}

/** A timeline that begins at a moment. */
export function timeline(start: number): Timeline {
  const heap = createHeap();
  let now = start;
  let order = 0;
  return {
    now: () => now,
    at: (moment, happen) => heap.push({ moment: Math.max(moment, now), order: order++, happen }),
    async run(until) {
      for (let due = heap.top(); due && due.moment <= until; due = heap.top()) {
        heap.pop();
        now = due.moment;
        if (due.happen() !== false) await rest();
      }
      now = Math.max(now, until);
    },
  };
}
