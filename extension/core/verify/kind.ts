import { acceptanceOf } from '../capture/summary';
import { accepts } from '../decode/acceptance';
import { message } from '../message';
import {
  broken,
  holds,
  NO_CONNECTION,
  ofService,
  rise,
  risen,
  unknown,
  type Break,
  type Link,
  type Observations,
} from './chain';

/** Does the module read this kind, from this sender? */
export function judgeKind(seen: Observations): Link | Break {
  const options = ofService(seen).flatMap((one) => one.options);
  if (options.length === 0) return unknown('kind', NO_CONNECTION());
  const kinds = [...new Set(options.map(({ kind, length }) => `${kind}/${length}`))];
  const stored = rise(seen, 'syn_recv_sock_toa');
  if (stored === 0 && rise(seen, 'syn_recv_sock_untrusted') > 0) return notTrusted(seen);
  const acceptance = acceptanceOf({ ...seen.toa, loaded: true });
  const listed = acceptance !== undefined && options.some(({ kind, length }) => accepts(acceptance, kind, length));
  // A module that does not say what it reads tells by its counters: what had the option was counted as what had none.
  const passedOver = acceptance === undefined && rise(seen, 'syn_recv_sock_no_toa') > 0;
  if (stored > 0 || listed) return holds('kind', message('The module reads this kind of option.'), kinds);
  if (acceptance === undefined && !passedOver)
    return unknown('kind', message('The module does not say which kinds it reads.'), kinds);
  return broken(
    'kind',
    'runtime_option_kind_mismatch',
    message('The module does not read this kind of option.'),
    message(
      'The load balancer sends kind {kinds} (kind/length), and the module reads {known}. Set its parameter kinds, or build it for that kind.',
      { kinds: kinds.join(', '), known: acceptance?.kinds.join(', ') ?? '?' },
    ),
    risen(seen, ['syn_recv_sock_toa', 'syn_recv_sock_no_toa', 'syn_recv_sock_malformed']),
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
