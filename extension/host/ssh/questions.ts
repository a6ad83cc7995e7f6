import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRecord, parseJson } from '../../core/json';
import { questionOf, type Question } from '../../core/remote/question';

/** Answers what ssh asks while it connects. */
export interface Asker {
  /** Called before each ssh starts for a host; the environment makes that ssh ask us. */
  begin(host: string): Promise<Asking>;
}

export interface Asking {
  readonly environment: Readonly<Record<string, string>>;
  /** Whether a question of this ssh waits for its answer. */
  isOpen(): boolean;
  /** No question of this ssh is answered any more; one that is open is taken back. */
  end(): void;
}

/** Asks the user; `undefined` is a refusal. `signal` ends with the question. */
export type Ask = (host: string, question: Question, signal: AbortSignal) => Promise<string | undefined>;

/** What ssh runs to ask. It must be one file, and names of programs must not be part of its text. */
const PROGRAM = '#!/bin/sh\nELECTRON_RUN_AS_NODE=1 exec "$TOA_DOCTOR_NODE" "$TOA_DOCTOR_ASKPASS" "$@"\n';
/** More than any way of logging in asks; ssh itself would repeat a wrongly answered question for ever. */
const MOST_QUESTIONS = 12;
const LONGEST_MESSAGE = 64 * 1024;

interface Conversation {
  readonly host: string;
  readonly token: Buffer;
  readonly over: AbortController;
  refused: boolean;
  asked: number;
  open: number;
}

/**
 * Lets ssh ask the user through us: ssh runs a small program (SSH_ASKPASS) that passes the question to a socket which only this user can
 * open, with a random token that only that ssh knows. After one refusal everything else that this ssh asks is refused too.
 */
export class Questions implements Asker {
  private place: Promise<{ readonly directory: string; readonly server: Server }> | undefined;
  private readonly conversations = new Set<Conversation>();

  /** `program`: the script dist/askpass.js. */
  constructor(
    private readonly program: string,
    private readonly ask: Ask,
  ) {}

  async begin(host: string): Promise<Asking> {
    this.place ??= this.open();
    const { directory } = await this.place;
    const token = randomBytes(24);
    const conversation = { host, token, over: new AbortController(), refused: false, asked: 0, open: 0 };
    this.conversations.add(conversation);
    return {
      environment: {
        SSH_ASKPASS: join(directory, 'ask'),
        SSH_ASKPASS_REQUIRE: 'force',
        DISPLAY: process.env['DISPLAY'] ?? ':0', // before OpenSSH 8.4 this alone made ssh use SSH_ASKPASS
        TOA_DOCTOR_NODE: process.execPath,
        TOA_DOCTOR_ASKPASS: this.program,
        TOA_DOCTOR_SOCKET: join(directory, 'socket'),
        TOA_DOCTOR_TOKEN: token.toString('hex'),
      },
      isOpen: () => conversation.open > 0,
      end: () => {
        this.conversations.delete(conversation);
        conversation.over.abort();
      },
    };
  }

  async close(): Promise<void> {
    if (this.place === undefined) return;
    const { directory, server } = await this.place;
    server.close();
    await rm(directory, { recursive: true, force: true });
    this.place = undefined;
  }

  private async open(): Promise<{ readonly directory: string; readonly server: Server }> {
    const directory = await mkdtemp(join(tmpdir(), 'toa-ask-')); // for this user alone
    await writeFile(join(directory, 'ask'), PROGRAM, { mode: 0o700 });
    const server = createServer((socket) => {
      this.serve(socket);
    }).listen(join(directory, 'socket'));
    await once(server, 'listening');
    await chmod(join(directory, 'socket'), 0o600);
    server.unref();
    return { directory, server };
  }

  private serve(socket: Socket): void {
    let received = '';
    const gone = new AbortController();
    socket.setEncoding('utf8').on('error', () => undefined);
    socket.on('close', () => {
      gone.abort();
    });
    socket.on('data', (text: string) => {
      received += text;
      if (received.length > LONGEST_MESSAGE) socket.destroy();
      if (!received.endsWith('\n')) return;
      void this.answer(received, gone.signal).then((reply) => socket.end(JSON.stringify(reply)));
    });
  }

  private async answer(text: string, signal: AbortSignal): Promise<{ readonly answer?: string }> {
    const { token, prompt, type } = asRequest(text);
    const conversation = [...this.conversations].find((one) => isSame(one.token, Buffer.from(token, 'hex')));
    if (conversation === undefined || conversation.refused) return {};
    conversation.asked += 1;
    const question = questionOf(prompt, type);
    const ended = AbortSignal.any([signal, conversation.over.signal]);
    conversation.open += 1;
    const given =
      conversation.asked > MOST_QUESTIONS
        ? undefined
        : await this.ask(conversation.host, question, ended).catch(() => undefined);
    conversation.open -= 1;
    if (given === undefined) conversation.refused = true;
    return given === undefined ? {} : { answer: given };
  }
}

function isSame(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

/** Whatever comes by the socket, as strings. */
function asRequest(text: string): { readonly token: string; readonly prompt: string; readonly type: string } {
  const value = parseJson(text);
  const fields = isRecord(value) ? value : {};
  const field = (name: string): string => (typeof fields[name] === 'string' ? fields[name] : '');
  return { token: field('token'), prompt: field('prompt'), type: field('type') };
}
