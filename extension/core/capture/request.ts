import { message, type Message } from '../message';
import { readNetwork, type Network } from './network';

/** What to capture; every value was checked by {@link captureRequest}. */
export interface CaptureRequest {
  /** Name of a network interface, or `any`. */
  readonly interfaceName: string;
  /** The service's port; all ports when absent. */
  readonly port: number | undefined;
  /** The balancer's addresses; any peer when absent. */
  readonly peers: Network | undefined;
  readonly seconds: number;
  readonly packets: number;
}

/** What the user wrote; blank and absent mean the default. */
export type CaptureInput = {
  readonly [Name in 'interface' | 'port' | 'peers' | 'seconds' | 'packets']?: string | undefined;
};

export const CAPTURE_DEFAULTS = { interface: 'any', seconds: '30', packets: '2000' } as const;
const LONGEST = 3600;
const MOST_PACKETS = 100_000;

/** Checks what the user wrote; every fault is one sentence that says what is allowed. */
export function captureRequest(input: CaptureInput): CaptureRequest | { readonly problem: Message } {
  const interfaceName = given(input.interface) ?? CAPTURE_DEFAULTS.interface;
  const port = given(input.port);
  const peers = given(input.peers);
  const network = peers === undefined ? undefined : readNetwork(peers);
  const request = {
    interfaceName,
    port: port === undefined ? undefined : numberIn(port, 65_535),
    peers: network,
    seconds: numberIn(given(input.seconds) ?? CAPTURE_DEFAULTS.seconds, LONGEST),
    packets: numberIn(given(input.packets) ?? CAPTURE_DEFAULTS.packets, MOST_PACKETS),
  };
  if (!isInterfaceName(interfaceName))
    return { problem: message('{name} is no name of a network interface.', { name: interfaceName }) };
  if (port !== undefined && request.port === undefined)
    return { problem: message('{port} is no port: a number from 1 to 65535.', { port }) };
  if (peers !== undefined && network === undefined)
    return { problem: message('{peers} is no address and no network like 10.0.0.0/8.', { peers }) };
  const { seconds, packets } = request;
  if (seconds === undefined)
    return { problem: message('The time must be from 1 to {most} seconds.', { most: LONGEST }) };
  if (packets === undefined)
    return { problem: message('The number of packets must be from 1 to {most}.', { most: MOST_PACKETS }) };
  return { ...request, seconds, packets };
}

/** What Linux takes as a name (dev_valid_name, at most 15 bytes), less what a command line or a terminal could mistake. */
export function isInterfaceName(text: string): boolean {
  return /^\w[\w.:+-]{0,14}$/.test(text);
}

function given(text: string | undefined): string | undefined {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? undefined : trimmed;
}

function numberIn(text: string, most: number): number | undefined {
  const value = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  return value >= 1 && value <= most ? value : undefined;
}
