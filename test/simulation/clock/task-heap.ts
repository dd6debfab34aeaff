/** Something that is due at a time. */
export interface Due {
  dueMs: number
  /** Settles what comes first of two that are due at the same time. */
  readonly number: number
}

/** A binary heap: what is due first comes out first. */
export class TaskHeap<Item extends Due> {
  #items: Item[] = []

  get size(): number {
    return this.#items.length
  }

  get first(): Item | undefined {
    return this.#items[0]
  }

  push(item: Item): void {
    const items = this.#items
    let index = items.length
    items.push(item)
    while (index > 0) {
      const parent = (index - 1) >> 1
      const above = items[parent] as Item
      if (!isBefore(item, above)) break
      items[index] = above
      index = parent
    }
    items[index] = item
  }

  pop(): Item | undefined {
    const items = this.#items
    const [first] = items
    const last = items.pop()
    if (last && items.length > 0) this.#sink(last)
    return first
  }

  /** Changes when items are due, whatever their order was. */
  reschedule(change: (item: Item) => void): void {
    const items = this.#items
    this.#items = []
    for (const item of items) {
      change(item)
      this.push(item)
    }
  }

  *[Symbol.iterator](): Iterator<Item> {
    yield* this.#items
  }

  #sink(item: Item): void {
    const items = this.#items
    let index = 0
    for (;;) {
      let child = 2 * index + 1
      if (child >= items.length) break
      const right = items[child + 1]
      if (right && isBefore(right, items[child] as Item)) child += 1
      const below = items[child] as Item
      if (!isBefore(below, item)) break
      items[index] = below
      index = child
    }
    items[index] = item
  }
}

function isBefore(a: Due, b: Due): boolean {
  return a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.number < b.number)
}
