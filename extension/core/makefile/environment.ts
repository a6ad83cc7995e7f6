/** The host as make would meet it. What is absent is not known, and what depends on it stays unresolved. */
export interface Environment {
  /** What `uname -r` prints. */
  readonly unameRelease?: string | undefined;
  /** The directory make is started in. */
  readonly directory?: string | undefined;
  /** `NAME=value` on make's command line: stronger than the Makefile. */
  readonly commandLine?: Readonly<Record<string, string>> | undefined;
  /** Environment variables: weaker than the Makefile, stronger than `?=`. */
  readonly variables?: Readonly<Record<string, string>> | undefined;
  /** Whether a path is there, for `$(wildcard …)`. */
  readonly exists?: ((path: string) => boolean | undefined) | undefined;
  /** What to take for a condition that cannot be told; absent, its branches stay unknown. */
  readonly assume?: boolean | undefined;
}

/** The value of an own property. */
export function valueOf(values: Readonly<Record<string, string>> | undefined, name: string): string | undefined {
  return values && Object.hasOwn(values, name) ? values[name] : undefined;
}
