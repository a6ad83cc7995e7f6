// What ssh asks reaches the user, and the answer ssh: passphrases and host keys of a real sshd.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Question } from '../../extension/core/remote/question';
import { ConnectionError } from '../../extension/host/ssh/connection';
import { Questions } from '../../extension/host/ssh/questions';
import { SshHost } from '../../extension/host/ssh/sshHost';
import { root } from '../tools/project';
import type { TestHost } from './hosts/server';
import { startSshd } from './hosts/sshd';

const PASSPHRASE = "a 'pass'phrase $(id) né";

describe('a server with an unknown key, and a user key with a passphrase', () => {
  let server: TestHost;
  let questions: Questions;
  let answers: (question: Question) => string | undefined;
  const asked: Question[] = [];
  beforeAll(async () => {
    server = await startSshd({ client: ['StrictHostKeyChecking ask'] });
    execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', PASSPHRASE, '-f', join(server.directory, 'user_key')]);
    questions = new Questions(join(root, 'dist/askpass.js'), (_host, question) => {
      asked.push(question);
      return Promise.resolve(answers(question));
    });
  });
  afterEach(() => {
    asked.splice(0);
    writeFileSync(join(server.directory, 'known_hosts'), '');
  });
  afterAll(async () => {
    await questions.close();
    await server.stop();
  });
  const outcome = async (): Promise<string> => {
    const host = new SshHost(server.name, { configFile: server.configFile, asker: questions });
    try {
      await host.connect();
      return (await host.run({ argv: ['echo', 'in'] })).stdout;
    } catch (error) {
      return error instanceof ConnectionError ? error.why.kind : String(error);
    } finally {
      await host.dispose();
    }
  };

  it('asks for both, once, and connects', async () => {
    answers = ({ kind }) => (kind === 'host-key' ? 'yes' : PASSPHRASE);
    expect(await outcome()).toBe('in\n');
    expect(asked.map(({ kind }) => kind)).toEqual(['host-key', 'secret']);
    expect(asked[0]?.text).toMatch(/SHA256:\S+/);
    expect(asked[1]?.text).toContain('user_key');
    expect(readFileSync(join(server.directory, 'known_hosts'), 'utf8')).not.toBe('');
  });

  it('asks no more for several things at once on a server with one session for a connection', async () => {
    const single = await startSshd({ config: ['MaxSessions 1'] });
    execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', PASSPHRASE, '-f', join(single.directory, 'user_key')]);
    answers = () => PASSPHRASE;
    const host = new SshHost(single.name, { configFile: single.configFile, asker: questions });
    try {
      const scripts = await Promise.all(['1', '2', '3', '4'].map((one) => host.script('sleep 0.2; echo "$1"', [one])));
      expect(scripts.map(({ stdout }) => stdout)).toEqual(['1\n', '2\n', '3\n', '4\n']);
      expect(asked).toHaveLength(1);
      expect((await host.run({ argv: ['echo', 'in'] })).stdout).toBe('in\n');
      expect(asked).toHaveLength(2);
    } finally {
      await host.dispose();
      await single.stop();
    }
  });

  it('a refused host key ends it', async () => {
    answers = () => undefined;
    expect(await outcome()).toBe('host-key-unknown');
    expect(asked).toHaveLength(1);
  });

  it('an answer that is neither yes nor no ends, although ssh asks for ever', async () => {
    answers = () => 'perhaps';
    expect(await outcome()).toBe('host-key-unknown');
    expect(asked.length).toBeLessThan(20);
  });

  it('a refused or wrong passphrase ends it', async () => {
    answers = ({ kind }) => (kind === 'host-key' ? 'yes' : undefined);
    expect(await outcome()).toBe('denied');
    expect(asked).toHaveLength(2);
    answers = ({ kind }) => (kind === 'host-key' ? 'yes' : 'wrong');
    expect(await outcome()).toBe('denied');
    expect(asked.length).toBeLessThan(12);
  });
});
