// The load balancer in front of the guest: it opens connections from its own address and puts a TCP option where told.
import type { Socket } from 'node:net';
import {
  ACK,
  arpReply,
  arpRequest,
  FIN,
  PSH,
  readArp,
  readSegment,
  RST,
  segmentFrame,
  SYN,
  type Segment,
} from './frames';

export const BALANCER = '10.9.0.1';
export const SERVER = '10.9.0.2';
const MAC = Buffer.from('02000a090001', 'hex');
const MSS = Buffer.from([2, 4, 0x05, 0xb4]);
const ANSWER_TIMEOUT = 20_000;

export interface Connection {
  readonly port: number;
  readonly sourcePort: number;
  /** What the server gets as data. */
  readonly text: string;
  /** TCP options of the segments of the handshake. */
  readonly inSyn?: Uint8Array;
  readonly inAck?: Uint8Array;
  /** Options of the data; with `noBareAck` this segment completes the handshake. */
  readonly inData?: Uint8Array;
  readonly noBareAck?: boolean;
  /** How many milliseconds the server may take for its answer; 20 s by default. */
  readonly patience?: number;
}

export interface LoadBalancer {
  /** Opens a connection, sends the text, and gives all that the server answers until it closes. */
  connect(connection: Connection): Promise<string>;
}

/** Splits QEMU's stream into frames. */
function onFrames(network: Socket, take: (frame: Buffer) => void): void {
  let rest = Buffer.alloc(0);
  network.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readUInt32BE(0)) {
      const end = 4 + rest.readUInt32BE(0);
      take(rest.subarray(4, end));
      rest = rest.subarray(end);
    }
  });
}

function send(network: Socket, frame: Buffer): void {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(frame.length);
  network.write(Buffer.concat([length, frame]));
}

/** Asks for the server's MAC address until it answers. */
function resolveMac(network: Socket, answer: Promise<Buffer>): Promise<Buffer> {
  const ask = (): void => {
    send(network, arpRequest(MAC, BALANCER, SERVER));
  };
  const timer = setInterval(ask, 200);
  ask();
  return answer.finally(() => {
    clearInterval(timer);
  });
}

type Transmit = (segment: Pick<Segment, 'flags' | 'sequence' | 'acknowledged' | 'options' | 'data'>) => void;

/** The client's side of one TCP connection over a wire that loses nothing. Gives the function that takes the answers. */
function converse(
  connection: Connection,
  transmit: Transmit,
  done: (answer: string | Error) => void,
): (segment: Segment) => void {
  const none = new Uint8Array();
  const start = 1000 + connection.sourcePort;
  const text = Buffer.from(connection.text);
  let sequence = start + 1;
  let expected = 0;
  let answer = '';
  const open = (synAck: Segment): void => {
    expected = synAck.sequence + 1;
    const common = { sequence, acknowledged: expected };
    if (connection.noBareAck !== true) transmit({ ...common, flags: ACK, options: connection.inAck ?? none });
    transmit({ ...common, flags: ACK | PSH, options: connection.inData ?? none, data: text });
    sequence += text.length;
  };
  const take = (segment: Segment): void => {
    const data = segment.data ?? none;
    if (segment.sequence !== expected || (data.length === 0 && (segment.flags & FIN) === 0)) return;
    answer += Buffer.from(data).toString('latin1');
    expected += data.length + (segment.flags & FIN);
    transmit({ flags: ACK | (segment.flags & FIN), sequence, acknowledged: expected });
    if ((segment.flags & FIN) !== 0) done(answer);
  };
  transmit({ flags: SYN, sequence: start, acknowledged: 0, options: Buffer.concat([MSS, connection.inSyn ?? none]) });
  return (segment) => {
    if ((segment.flags & RST) !== 0) done(new Error('the server reset the connection'));
    else if ((segment.flags & SYN) !== 0) open(segment);
    else take(segment);
  };
}

/** Takes the balancer's place at the guest's network card. Resolves when the guest has answered an ARP request. */
export async function loadBalancer(network: Socket): Promise<LoadBalancer> {
  const open = new Map<number, (segment: Segment) => void>();
  let learn: (mac: Buffer) => void = () => undefined;
  const answer = new Promise<Buffer>((resolve) => (learn = resolve));
  onFrames(network, (frame) => {
    const arp = readArp(frame);
    if (arp?.operation === 'reply') learn(Buffer.from(arp.senderMac));
    if (arp?.operation === 'request' && arp.targetAddress === BALANCER) send(network, arpReply(arp, MAC, BALANCER));
    const segment = readSegment(frame);
    if (segment) open.get(segment.destinationPort)?.(segment);
  });
  const serverMac = await resolveMac(network, answer);

  const connect = (connection: Connection): Promise<string> =>
    new Promise((resolve, reject) => {
      const { port, sourcePort, patience = ANSWER_TIMEOUT } = connection;
      const ends = { source: BALANCER, sourcePort, destination: SERVER, destinationPort: port };
      const done = (result: string | Error): void => {
        clearTimeout(timer);
        open.delete(sourcePort);
        if (typeof result === 'string') resolve(result);
        else reject(result);
      };
      const timer = setTimeout(() => {
        done(new Error(`no answer within ${patience} ms`));
      }, patience);
      const transmit: Transmit = (segment) => {
        send(network, segmentFrame(serverMac, MAC, { ...ends, ...segment }));
      };
      open.set(sourcePort, converse(connection, transmit, done));
    });
  return { connect };
}
