import { message, type Message } from '../../message';
import { LIKELY, type Cause } from '../cause';
import { saidCause } from '../said';
import type { SignName } from '../signs';
import { firstSaid } from '../symptom';

/** A cause of "loaded, and the application still sees the load balancer": its sign counts only beside that complaint. */
function runtimeCause(
  key: string,
  sign: SignName,
  weight: number,
  decidedBy: Message,
  title: Message,
  explanation: Message,
): Cause {
  return saidCause({
    key,
    family: 'runtime',
    signs: [sign],
    when: (_, { symptoms }) => sign === 'proc-missing' || firstSaid(symptoms, 'wrong-address') !== undefined,
    weight,
    severity: 'warning',
    decidedBy,
    title,
    explanation,
  });
}

export const RUNTIME_CAUSES: readonly Cause[] = [
  runtimeCause(
    'runtime_module_not_loaded',
    'proc-missing',
    LIKELY + 10,
    message('lsmod does not show the module'),
    message('The module is not loaded: the file it makes in /proc is not there'),
    message(
      'Load the module with modprobe on the server behind the load balancer, then look for its file in /proc again.',
    ),
  ),
  runtimeCause(
    'runtime_option_space_full',
    'rare-share',
    LIKELY + 5,
    message('A capture shows the connections without the option: their TCP header has 40 bytes of options'),
    message('A few connections have no room for the option'),
    message(
      'A TCP header holds 40 bytes of options. Where timestamps and SACK fill them, the load balancer cannot add its own 8 bytes.',
    ),
  ),
  runtimeCause(
    'runtime_lb_option_not_sent',
    'option-absent',
    LIKELY + 6,
    message('tcpdump on the server shows SYN, ACK and first data without the option'),
    message('The load balancer does not send the option in the packet the module reads'),
    message(
      'Capture SYN, ACK and the first data packet on the server. If no packet has the option, switch it on at the load balancer or update it; the module cannot restore what was not sent.',
    ),
  ),
  runtimeCause(
    'runtime_option_kind_mismatch',
    'option-kind',
    LIKELY,
    message('tcpdump prints unknown-N with another number than the module’s source'),
    message('The load balancer may send another option kind than the module reads'),
    message('Compare the number tcpdump prints (200, 252, 253, 254) with the one in the module’s source or settings.'),
  ),
  runtimeCause(
    'runtime_container_nat',
    'second-nat',
    LIKELY + 7,
    message('The application on the host’s own network sees the client'),
    message('A second address translation ends the connection before the application'),
    message(
      'NodePort, kube-proxy or docker-proxy open a connection of their own or rewrite it after the module has seen the option. Use externalTrafficPolicy: Local, or the host’s network.',
    ),
  ),
  runtimeCause(
    'runtime_v4mapped_v6_socket',
    'dual-socket',
    LIKELY,
    message('ss -tlnp shows the listener as *:port or [::]:port'),
    message('The application listens on an IPv6 socket, which the module may not serve'),
    message(
      'Many TOA modules change IPv4 sockets only. Let the application listen on IPv4, or take a module that serves dual-stack sockets.',
    ),
  ),
  runtimeCause(
    'runtime_app_bypasses_kernel',
    'user-space-stack',
    LIKELY + 8,
    message('The application has its own TCP stack: ss does not show its connections'),
    message('The application does not use the kernel’s TCP'),
    message('A kernel module has no effect on a TCP stack in user space: that stack must read the option itself.'),
  ),
  runtimeCause(
    'runtime_nat64_needs_app',
    'nat64',
    LIKELY + 9,
    message('The client has an IPv6 address and the server an IPv4 one'),
    message('Behind NAT64 the application must ask for the client’s address'),
    message(
      'getpeername of an IPv4 socket cannot give an IPv6 address: the application has to call the module’s getsockopt.',
    ),
  ),
  runtimeCause(
    'runtime_path_unsupported',
    'other-listener',
    LIKELY - 2,
    message('The product’s manual: which listeners send the option'),
    message('This way through the load balancer may not carry the option at all'),
    message(
      'Layer 7 and UDP listeners, and proxies chained before the load balancer, do not send the TCP option. Look for the header X-Forwarded-For or the PROXY protocol instead.',
    ),
  ),
];
