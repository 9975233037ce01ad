/** Facts of one sort become one fact, asked by one program, and its answer is theirs again. Pure. */
import type { Answer, Gatherer } from '../../checks/kind.ts';
import type { Asked } from './script.ts';

/** A fact to ask, and what its answer tells by the keys of the facts behind it. */
export interface Gathered {
  readonly asked: Asked;
  /** Of the facts behind it. */
  readonly keys: readonly string[];
  /** Keys that are not in it were not settled: those facts are asked alone. */
  readonly answers: (answer: Answer) => ReadonlyMap<string, Answer>;
}

/** Items asked together, and bytes of them: a command line has room for no more than that on every host. */
const most = { items: 200, bytes: 32_768 } as const;

/**
 * Gathers what can be asked together.
 * @param asked facts by their keys.
 */
export function gather(asked: ReadonlyMap<string, Asked>): readonly Gathered[] {
  const singles: Gathered[] = [];
  const groups = new Map<Gatherer, Group>();
  const full: Gathered[] = [];
  for (const [key, each] of asked) {
    const { shared } = each.fact;
    if (shared === undefined) {
      singles.push({ asked: each, keys: [key], answers: (answer) => new Map([[key, answer]]) });
      continue;
    }
    let group = groups.get(shared.by);
    if (group?.isFull(shared.item)) {
      full.push(group.close());
      group = undefined;
    }
    group ??= new Group(shared.by);
    groups.set(shared.by, group);
    group.add(key, shared.item, each.timeoutMs);
  }
  return [...full, ...[...groups.values()].map((group) => group.close()), ...singles];
}

class Group {
  readonly #by: Gatherer;
  readonly #keys: string[] = [];
  readonly #items: string[] = [];
  #bytes = 0;
  #timeoutMs = 0;

  constructor(by: Gatherer) {
    this.#by = by;
  }

  isFull(item: string): boolean {
    return this.#items.length >= most.items || this.#bytes + Buffer.byteLength(item) > most.bytes;
  }

  add(key: string, item: string, timeoutMs: number): void {
    this.#keys.push(key);
    this.#items.push(item);
    this.#bytes += Buffer.byteLength(item);
    this.#timeoutMs = Math.max(this.#timeoutMs, timeoutMs);
  }

  close(): Gathered {
    const keys = this.#keys;
    const items = this.#items;
    return {
      asked: { fact: this.#by.merge(items), timeoutMs: this.#timeoutMs },
      keys,
      answers: (answer) =>
        new Map(
          this.#by.split(answer, items).flatMap((each, index): [string, Answer][] => (each ? [[keys[index] ?? '', each]] : [])),
        ),
    };
  }
}
