import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Facts } from '../../../extension/core/facts';
import { watchCommand } from '../../../extension/doctor/verify/verify';
import { root } from '../../tools/project';

const facts = JSON.parse(readFileSync(join(root, 'test/fixtures/facts/centos6.json'), 'utf8')) as Facts;
const having = (commands: Facts['tools']['commands']): Facts => ({ ...facts, tools: { ...facts.tools, commands } });

it('the capture ends by the time as well, sees every port, and is none without tcpdump', () => {
  const command = watchCommand(having({ tcpdump: '/usr/sbin/tcpdump' }), 30);
  expect(command?.slice(0, 3)).toEqual(['timeout', '30', '/usr/sbin/tcpdump']);
  expect(command?.at(-1)).not.toContain('port');
  expect(watchCommand(having({}), 30)).toBeUndefined();
});
