import type { Dialect } from './dialects';
import { DIALECTS } from './dialects';
import type { Sighting } from './sightings';

/** The TCP options in which clients were found, each kind and length once. */
export class Carriers {
  readonly #dialects = new Map<number, Set<string>>();

  add(sightings: readonly Sighting[]): void {
    for (const { result } of sightings) {
      const { kind, client, dialect } = result;
      if (typeof kind !== 'number' || client === null) continue;
      const known = this.#dialects.get(kind);
      if (known === undefined) this.#dialects.set(kind, new Set([dialect]));
      else known.add(dialect);
    }
  }

  /** By kind, then length. Users' own layouts are not among them. */
  found(): readonly Pick<Dialect, 'kind' | 'length'>[] {
    const found = DIALECTS.filter(({ kind, name }) => {
      const dialects = this.#dialects.get(kind);
      return dialects !== undefined && (dialects.has(name) || dialects.has(`${name}?`));
    });
    const lengths = new Map(found.map(({ kind, length }) => [`${kind}/${length}`, { kind, length }]));
    return [...lengths.values()].sort((a, b) => a.kind - b.kind || a.length - b.length);
  }
}
