// A way to a server that is slow, and that breaks when it is told to.
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { Listening } from './server';

export interface Proxy {
  readonly port: number;
  /** Bytes that have passed, in both directions. */
  readonly passed: number;
  /** How many times the client has spoken since it was answered. */
  readonly roundTrips: number;
  /** Breaks every connection when so many more bytes have passed; those made afterwards work. */
  cutAfter(bytes: number): void;
  /** Passes nothing any more on the connections that there are, and leaves them open. */
  freeze(): void;
  /** Whether the cut that was ordered has happened. */
  readonly hasCut: boolean;
  stop(): Promise<void>;
}

/** `delay`: milliseconds in each direction. */
export async function startProxy({ address: far, port }: Listening, delay = 0): Promise<Proxy> {
  const sockets = new Set<Socket>();
  let passed = 0;
  let roundTrips = 0;
  let cutAt = Infinity;
  const cut = (): void => {
    cutAt = Infinity;
    for (const socket of sockets) socket.resetAndDestroy();
  };
  const pass = (from: Socket, to: Socket): void => {
    sockets.add(from);
    from.setNoDelay(true);
    from
      .on('error', () => undefined)
      .on('close', () => {
        sockets.delete(from);
        later(() => to.end());
      });
    from.on('data', (chunk: Buffer) => {
      const allowed = chunk.subarray(0, Math.max(0, cutAt - passed));
      passed += allowed.length;
      later(() => {
        if (to.writable) to.write(allowed);
      });
      if (passed >= cutAt) setImmediate(cut);
    });
  };
  const later = (action: () => void): void => {
    if (delay === 0) action();
    else setTimeout(action, delay);
  };
  const server = createServer((near) => {
    const target = connect(port, far);
    let answered = true;
    near.on('data', () => {
      if (answered) roundTrips += 1;
      answered = false;
    });
    target.on('data', () => {
      answered = true;
    });
    pass(near, target);
    pass(target, near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    get passed() {
      return passed;
    },
    get roundTrips() {
      return roundTrips;
    },
    cutAfter(bytes) {
      cutAt = passed + bytes;
    },
    freeze() {
      for (const socket of sockets) socket.pause();
    },
    get hasCut() {
      return cutAt === Infinity;
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
