// The MCP server as a model's program uses it: the official client starts dist/cli.js and calls the tools.
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../tools/project';

const client = new Client({ name: 'test', version: '1' });

beforeAll(() =>
  client.connect(new StdioClientTransport({ command: process.execPath, args: [join(root, 'dist/cli.js'), 'mcp'] })),
);
afterAll(() => client.close());

/** The answer of a tool: JSON, or the text of its error. */
async function call(name: string, input: Record<string, string>): Promise<{ isError: boolean; text: string }> {
  const { content, isError } = await client.callTool({ name, arguments: input });
  return { isError: isError === true, text: (content as { text: string }[]).map(({ text }) => text).join('') };
}

test('all tools are told to be read-only', async () => {
  const { tools } = await client.listTools();
  expect(tools.map(({ name, annotations }) => [name, annotations?.readOnlyHint])).toEqual([
    ['toa_decode', true],
    ['toa_explain', true],
    ['toa_probe', true],
  ]);
});

test('decodes an option', async () => {
  const { text } = await call('toa_decode', { text: 'opt fe 08 c3 50 cb 00 71 09' });
  expect(JSON.parse(text)).toMatchObject({ clients: [{ client: '203.0.113.9:50000', count: 1 }] });
});

test('explains a log', async () => {
  const log = 'make: *** /lib/modules/5.10.0-46-amd64/build: No such file or directory.  Stop.';
  const { text } = await call('toa_explain', { log });
  expect(JSON.parse(text)).toMatchObject({ findings: [{ severity: 'error' }] });
});

test('probes this host', async () => {
  const { text } = await call('toa_probe', {});
  expect(JSON.parse(text)).toMatchObject({ facts: { version: 1, kernel: { machine: expect.any(String) as string } } });
});

test('a call without its input is an error of that call, and the server goes on', async () => {
  expect(await call('toa_decode', {})).toMatchObject({ isError: true });
  expect(await call('toa_decode', { text: 'nothing' })).toMatchObject({ isError: false });
});
