import { acceptanceOf } from '../capture/summary';
import { accepts } from '../decode/acceptance';
import { message, type Message } from '../message';
import {
  broken,
  holds,
  NO_CONNECTION,
  ofService,
  READ,
  rise,
  risen,
  tested,
  unknown,
  type Break,
  type Link,
  type Observations,
} from './chain';
import type { SeenOption } from './handshakes';

/** Does the module read this kind, from this sender? */
export function judgeKind(seen: Observations): Link | Break {
  const options = optionsOfService(seen);
  if (options.length === 0)
    return unknown(
      'kind',
      seen.handshakes === undefined
        ? message('Without a capture it is not known which kind arrives.')
        : NO_CONNECTION(),
    );
  const kinds = [...new Set(options.map(({ kind, length }) => `${kind}/${length}`))];
  if (rise(seen, READ) === 0 && rise(seen, 'syn_recv_sock_untrusted') > 0) return notTrusted(seen);
  const reads = readsKind(seen);
  if (reads === true) return holds('kind', message('The module reads this kind of option.'), kinds);
  if (reads === undefined) return unknown('kind', message('The module does not say which kinds it reads.'), kinds);
  return broken(
    'kind',
    'runtime_option_kind_mismatch',
    message('The module does not read this kind of option.'),
    notRead(seen, kinds.join(', ')),
    risen(seen, [READ, 'syn_recv_sock_no_toa', 'syn_recv_sock_malformed']),
  );
}

/**
 * Whether the module reads one of the options that came: by what it says of itself; else by the self-test, which is run with that kind, and by
 * its counters, in which what had the option was counted as what had none.
 */
export function readsKind(seen: Observations): boolean | undefined {
  const options = optionsOfService(seen);
  const acceptance = acceptanceOf({ ...seen.toa, loaded: true });
  if (acceptance !== undefined) return options.some(({ kind, length }) => accepts(acceptance, kind, length));
  const shown = tested(seen, 'ipv4')?.result === 'right' && options.some(({ length }) => length === 8);
  if (rise(seen, READ) > 0 || shown) return true;
  return rise(seen, 'syn_recv_sock_no_toa') > 0 ? false : undefined;
}

const optionsOfService = (seen: Observations): readonly SeenOption[] =>
  ofService(seen).flatMap(({ options }) => options);

function notRead({ toa }: Observations, kinds: string): Message {
  return toa.kinds === undefined
    ? message(
        'The load balancer sends kind {kinds} (kind/length), and the module counts these connections as those without an option: it reads another kind. Build it for that kind, or take a module that reads it.',
        { kinds },
      )
    : message(
        'The load balancer sends kind {kinds} (kind/length), and the module reads {known}. Set its parameter kinds, or build it for that kind.',
        { kinds, known: toa.kinds.join(', ') },
      );
}

function notTrusted(seen: Observations): Break {
  return broken(
    'kind',
    'runtime_option_untrusted',
    message('The module does not trust the sender.'),
    message(
      'The module did not read the option, since its parameter trusted does not name the load balancer’s network. Add it: /sys/module/toa/parameters/trusted.',
    ),
    risen(seen, ['syn_recv_sock_untrusted']),
  );
}
