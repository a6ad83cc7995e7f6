// The MCP server, a program of its own: its SDK is larger than all the rest, so neither the extension nor the terminal tool carries it.
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { z } from 'zod';
import { version } from '../package.json';
import { TOOLS } from './doctor/tools';
import type { Tool } from './doctor/tools/tool';
import { LocalHost } from './host/local';

/** Answers on stdin and stdout until the client closes them. */
export async function serve(): Promise<void> {
  const host = new LocalHost();
  const server = new McpServer({ name: 'toa-doctor', version });
  for (const tool of TOOLS) {
    server.registerTool(
      tool.name,
      {
        description: tool.description,
        inputSchema: schemaOf(tool),
        annotations: { readOnlyHint: true, destructiveHint: false, openWorldHint: false },
      },
      // What is thrown here reaches the client as the call's error, in one line.
      async (input) => ({ content: [{ type: 'text', text: JSON.stringify(await tool.run(input, host)) }] }),
    );
  }
  const closed = new Promise((resolve) => process.stdin.on('close', resolve)); // the transport does not tell of this
  await server.connect(new StdioServerTransport());
  await closed;
  await server.close();
  await host.dispose();
}

const schemaOf = ({ inputs }: Tool): Record<string, z.ZodString> =>
  Object.fromEntries(Object.entries(inputs).map(([name, description]) => [name, z.string().describe(description)]));
