/** One waiting callback. `background` timers (a clock's own ticking) do not count when the system is asked whether it rests. */
export interface Waiting {
  readonly dueMs: number;
  readonly order: number;
  readonly background: boolean;
  readonly callback: () => void;
  cancelled: boolean;
}

/** Below so many cancelled timers it is not worth the while to sort them out. */
const fewCancelled = 500;

/**
 * A binary heap of callbacks by due time, ties in the order of insertion: the order in which timers fire is a function
 * of the calls made, never of the machine.
 */
export class TimerQueue {
  #heap: Waiting[] = [];
  #order = 0;
  #foreground = 0;
  /** Cancelled ones that are still in the heap. */
  #cancelled = 0;

  /** Entries held, those included that were cancelled and not yet let go. */
  get size(): number {
    return this.#heap.length;
  }

  /** Timers still to fire, background ones left out. */
  get pending(): number {
    return this.#foreground;
  }

  add(dueMs: number, callback: () => void, background: boolean): Waiting {
    const entry: Waiting = { dueMs, order: this.#order++, background, callback, cancelled: false };
    if (!background) this.#foreground++;
    this.#heap.push(entry);
    this.#rise(this.#heap.length - 1);
    return entry;
  }

  cancel(entry: Waiting): void {
    if (entry.cancelled) return;
    this.#over(entry);
    this.#cancelled++;
    if (this.#cancelled > Math.max(fewCancelled, this.#heap.length / 2)) this.#letGo();
  }

  /** The next to fire, without taking it. */
  peek(): Waiting | undefined {
    while (this.#heap[0]?.cancelled === true) {
      this.#removeTop();
      this.#cancelled--;
    }
    return this.#heap[0];
  }

  /** Takes the next to fire; cancelling it afterwards changes nothing. */
  take(): Waiting | undefined {
    const next = this.peek();
    if (next === undefined) return undefined;
    this.#removeTop();
    this.#over(next);
    return next;
  }

  #over(entry: Waiting): void {
    entry.cancelled = true;
    if (!entry.background) this.#foreground--;
  }

  /** Most timers are cancelled long before they are due, and each holds on to what its callback would have worked on. */
  #letGo(): void {
    // What is in order is a heap.
    this.#heap = this.#heap.filter(({ cancelled }) => !cancelled).sort((a, b) => (earlier(a, b) ? -1 : 1));
    this.#cancelled = 0;
  }

  #removeTop(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#sink(0);
  }

  #rise(start: number): void {
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#swapIfEarlier(index, parent)) return;
      index = parent;
    }
  }

  #sink(start: number): void {
    let index = start;
    for (;;) {
      const left = 2 * index + 1;
      const right = left + 1;
      const child = right < this.#heap.length && earlier(this.#heap[right], this.#heap[left]) ? right : left;
      if (!this.#swapIfEarlier(child, index)) return;
      index = child;
    }
  }

  #swapIfEarlier(lower: number, upper: number): boolean {
    const [a, b] = [this.#heap[lower], this.#heap[upper]];
    if (a === undefined || b === undefined || !earlier(a, b)) return false;
    this.#heap[lower] = b;
    this.#heap[upper] = a;
    return true;
  }
}

function earlier(a: Waiting | undefined, b: Waiting | undefined): boolean {
  if (a === undefined || b === undefined) return a !== undefined;
  return a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.order < b.order);
}
