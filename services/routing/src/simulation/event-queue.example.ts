interface Entry<What> {
  readonly at: number;
  readonly nr: number;
  readonly what: What;
}

/** What happens when, in order of time and then of addition (a binary heap). */
export class EventQueue<What> {
  private readonly heap: Entry<What>[] = [];
  private count = 0;

  add(at: number, what: What): void {
    const { heap } = this;
    heap.push({ at, nr: this.count++, what });
    for (let child = heap.length - 1; child > 0;) {
      const parent = (child - 1) >> 1;
      if (isBefore(heap[parent]!, heap[child]!)) return;
      [heap[parent], heap[child]] = [heap[child]!, heap[parent]!];
      child = parent;
    }
  }

  next(): Entry<What> | undefined {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop();
    if (heap.length === 0 || !last) return first;
    heap[0] = last;
    for (let parent = 0; ;) {
      let least = parent;
      for (const child of [2 * parent + 1, 2 * parent + 2])
        if (child < heap.length && isBefore(heap[child]!, heap[least]!)) least = child;
      if (least === parent) return first;
      [heap[parent], heap[least]] = [heap[least]!, heap[parent]!];
      parent = least;
    }
  }
}

const isBefore = <What>(one: Entry<What>, other: Entry<What>): boolean =>
  one.at < other.at || (one.at === other.at && one.nr < other.nr);
