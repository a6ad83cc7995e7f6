/** Answers what ssh asks while it connects. */
export interface Asker {
  /** Called before each ssh starts for a host; the environment makes that ssh ask us. */
  begin(host: string): Promise<Asking>;
}

export interface Asking {
  readonly environment: Readonly<Record<string, string>>;
  /** No question of this ssh is answered any more. */
  end(): void;
}
