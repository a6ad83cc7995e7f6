/** What a command of the terminal tool reads and writes; `process` fits. */
export interface Io {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Exit statuses of every command but those that are like grep. */
export const STATUS = { fine: 0, findings: 1, usage: 2, unreachable: 3 } as const;

/** Writes JSON the way other programs like it: indented, with a final newline. */
export function writeJson(io: Io, value: unknown): void {
  io.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
}
