import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { missingTcpdump, printCommand, sudoCapture } from '../../../extension/core/capture/command';
import { handshakeFilter } from '../../../extension/core/capture/filter';
import { readNetwork } from '../../../extension/core/capture/network';
import { captureRequest, type CaptureInput, type CaptureRequest } from '../../../extension/core/capture/request';
import { render } from '../../../extension/core/message';
import { serverFacts } from '../support/facts';

function checked(input: CaptureInput): CaptureRequest {
  const request = captureRequest(input);
  if ('problem' in request) throw new Error(render(request.problem));
  return request;
}

describe('what the user wrote', () => {
  test('has defaults for what is absent or blank', () => {
    const defaults = { interfaceName: 'any', port: undefined, peers: undefined, seconds: 30, packets: 2000 };
    expect(checked({})).toEqual(defaults);
    expect(checked({ interface: ' ', port: '', peers: '  ', seconds: '', packets: '' })).toEqual(defaults);
  });

  test.each<[CaptureInput, RegExp]>([
    [{ interface: '-w/etc/passwd' }, /no name of a network interface/],
    [{ interface: 'eth0; id' }, /no name of a network interface/],
    [{ interface: '../eth0' }, /no name of a network interface/],
    [{ interface: 'a-name-of-16-byt' }, /no name of a network interface/],
    [{ port: '0' }, /^0 is no port/],
    [{ port: '65536' }, /is no port/],
    [{ port: '80 or 1=1' }, /is no port/],
    [{ port: '0x50' }, /is no port/],
    [{ port: '-1' }, /is no port/],
    [{ peers: '10.0.0.0/33' }, /no address/],
    [{ peers: '10.0.0' }, /no address/],
    [{ peers: '10.0.0.256' }, /no address/],
    [{ peers: '2001:db8::1::2' }, /no address/],
    [{ peers: '1:2:3:4:5:6:7:8:9' }, /no address/],
    [{ peers: '10.0.0.1 or tcp' }, /no address/],
    [{ peers: 'balancer.example' }, /no address/],
    [{ seconds: '0' }, /from 1 to 3600/],
    [{ seconds: '1e9' }, /from 1 to 3600/],
    [{ packets: '100001' }, /from 1 to 100000/],
  ])('%j is refused', (input, why) => {
    const request = captureRequest(input);
    expect('problem' in request && render(request.problem)).toMatch(why);
  });

  test('becomes nothing but numbers, names and addresses in the arguments', () => {
    fc.assert(
      fc.property(fc.record({ interface: fc.string(), port: fc.string(), peers: fc.string() }), (input) => {
        const request = captureRequest(input);
        if ('problem' in request) return;
        const [interfaceName = '', filter = ''] = printCommand('tcpdump', request).slice(-2);
        expect(interfaceName).toMatch(/^\w[\w.:+-]*$/);
        expect(filter).toMatch(/^[a-z0-9 ()[\]:.,=!&+><x/]+$/);
      }),
    );
  });
});

describe('a network', () => {
  test.each([
    ['10.1.2.3', '10.1.2.3/32'],
    ['10.1.2.3/8', '10.0.0.0/8'],
    ['10.255.2.3/9', '10.128.0.0/9'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['::1', '0:0:0:0:0:0:0:1/128'],
    ['2001:DB8:ffff::1/33', '2001:db8:8000:0:0:0:0:0/33'],
    ['::/0', '0:0:0:0:0:0:0:0/0'],
    ['1:2:3:4:5:6:7:8/64', '1:2:3:4:0:0:0:0/64'],
  ])('%s is %s', (text, expected) => {
    expect(readNetwork(text)?.text).toBe(expected);
  });
});

describe('the command', () => {
  const request = checked({ interface: 'eth0', port: '443', peers: '100.64.0.0/10', seconds: '5', packets: '7' });
  const filter = handshakeFilter(request);

  test('prints, bounded in packets and bytes', () => {
    expect(printCommand('/usr/sbin/tcpdump', request)).toEqual([
      ...['/usr/sbin/tcpdump', '-tttt', '-x', '-l', '-nn', '-p', '-s', '128', '-c', '7', '-i', 'eth0'],
      filter,
    ]);
    expect(filter).toMatch(/^tcp dst port 443 and src net 100\.64\.0\.0\/10 and \(ip and tcp/);
    expect(filter).not.toContain('ip6');
  });

  test('as root by sudo ends by itself, and what it wrote is read without root', () => {
    const { prepare, capture, read, remove } = sudoCapture('tcpdump', request, '/tmp/x');
    expect(capture.slice(0, 4)).toEqual(['sudo', 'timeout', '5', 'tcpdump']);
    expect(capture.slice(-3)).toEqual(['-w', '/tmp/x/handshakes.pcap', filter]);
    expect([...prepare, read, remove].flat()).not.toContain('sudo');
    expect(prepare[0]).toEqual(['mkdir', '-m', '700', '/tmp/x']); // without -p: it fails where something is there already
  });

  test('names the package where there is no tcpdump', () => {
    const { problem, remedy } = missingTcpdump(serverFacts('3.10.0'));
    expect(render(problem)).toContain('tcpdump');
    expect(remedy).toMatchObject({ privileged: true, commands: [['yum', 'install', '-y', 'tcpdump']] });
  });
});
