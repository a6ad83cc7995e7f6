import type { Decoded } from './decoded';

/** A result and the packet that it is about. In a brief reading many packets share one result, whose own frame is the first one's. */
export interface Sighting {
  readonly frame: number;
  readonly result: Decoded;
}

/** What a reader found and nobody took yet. */
export class Sightings {
  #waiting: Sighting[] = [];

  add(result: Decoded, frame = result.frame): void {
    this.#waiting.push({ frame, result });
  }

  addAll(results: readonly Decoded[]): void {
    for (const result of results) this.add(result);
  }

  take(): readonly Sighting[] {
    const taken = this.#waiting;
    this.#waiting = [];
    return taken;
  }

  /** Each with a frame of its own. */
  takeResults(): readonly Decoded[] {
    return this.take().map(({ frame, result }) => (frame === result.frame ? result : { ...result, frame }));
  }
}
