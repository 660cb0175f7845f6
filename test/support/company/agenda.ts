/** Something that goes on for a while: it acts when resumed, then yields the seconds until it goes on. */
export type Story = Generator<number, void, void>;

interface Due {
  time: number;
  story: Story;
}

interface Entry extends Due {
  order: number;
}

export interface Agenda {
  /** Plans `story` to go on at `time`, unix seconds. */
  add(time: number, story: Story): void;
  /** Takes out the earliest; among equal times the one added first. */
  take(): Due | undefined;
}

function earlier(a: Entry, b: Entry): boolean {
  return a.time < b.time || (a.time === b.time && a.order < b.order);
}

/** An empty agenda, a binary heap. */
export function createAgenda(): Agenda {
  const heap: Entry[] = [];
  let added = 0;

  /** Moves `entry` up from the free place `at` to where its parent is earlier. */
  function rise(entry: Entry, at: number): void {
    let place = at;
    while (place > 0) {
      const up = (place - 1) >> 1;
      const parent = heap[up];
      if (parent === undefined || earlier(parent, entry)) break;
      heap[place] = parent;
      place = up;
    }
    heap[place] = entry;
  }

  /** Moves `entry` down from the root to where both children are later. */
  function sink(entry: Entry): void {
    let place = 0;
    for (;;) {
      const left = heap[2 * place + 1];
      const right = heap[2 * place + 2];
      if (left === undefined) break;
      const rightFirst = right !== undefined && earlier(right, left);
      const child = rightFirst ? right : left;
      if (earlier(entry, child)) break;
      heap[place] = child;
      place = 2 * place + (rightFirst ? 2 : 1);
    }
    heap[place] = entry;
  }

  return {
    add(time, story) {
      added += 1;
      rise({ time, story, order: added }, heap.length);
    },
    take() {
      const first = heap[0];
      const last = heap.pop();
      if (last !== undefined && heap.length > 0) sink(last);
      return first;
    },
  };
}
