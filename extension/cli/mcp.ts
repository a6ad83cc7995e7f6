import { message } from '../core/message';
import { UsageError } from './arguments';
import { command } from './command';
import { STATUS } from './io';

const ABOUT = {
  about: message('decode, explain and probe for language models: an MCP server on stdin and stdout, read-only'),
  options: {},
} as const;

/** Until the client ends it. */
export const mcpCommand = command(ABOUT, async () => {
  const { serve } = await import('../mcp').catch((error: unknown) => {
    const why = error instanceof Error ? error.message.replace(/\n.*/s, '') : String(error);
    throw new UsageError(
      message(
        'the server’s program cannot be loaded; the VS Code package goes without it, build it with npm run build: {why}',
        { why },
      ),
    );
  });
  await serve();
  return STATUS.fine;
});
