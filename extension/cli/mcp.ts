import { parseArguments } from './arguments';
import { STATUS, UsageError } from './io';

/** `toa-doctor mcp`: the tools for language models, over the Model Context Protocol on stdin and stdout, until the client ends it. */
export async function mcpCommand(args: readonly string[]): Promise<number> {
  parseArguments(args, {});
  const { serve } = await import('../mcp').catch((error: unknown) => {
    const why = error instanceof Error ? error.message.replace(/\n.*/s, '') : String(error);
    throw new UsageError(
      `the server's program cannot be loaded; the VS Code package goes without it, build it with npm run build: ${why}`,
    );
  });
  await serve();
  return STATUS.fine;
}
