import { clientsOf } from '../../core/decode/clients';
import { decodeText } from '../../core/decode/decode';
import { decodedJson } from '../../core/decode/decodedJson';
import { render } from '../../core/message';
import { textOf, type Tool } from './tool';

export const decodeTool: Tool = {
  name: 'toa_decode',
  description:
    'Decodes the client address that a layer-4 load balancer wrote into a TCP option (TOA: kind 200, 254, 253 and others, PROXY protocol, ' +
    'UOA) from text: option bytes in hex, a hex dump, or the output of tcpdump, tshark or Wireshark. Gives each client ip:port with kind, ' +
    'segment and doubts. An empty list means that no such option is in the text.',
  inputs: { text: 'The option bytes, hex dump or tool output, unchanged.' },
  asksHost: false,
  run: (input) => {
    const results = decodeText(textOf(input, 'text'));
    const clients = clientsOf(results).map(({ client, count }) => ({ client, count }));
    return Promise.resolve({ clients, results: results.map((result) => decodedJson(result, render)) });
  },
};
