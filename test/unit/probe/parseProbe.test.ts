import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../extension/core/facts';
import { render } from '../../../extension/core/message';
import { parseAvailable } from '../../../extension/core/probe/parseAvailable';
import { parseProbe } from '../../../extension/core/probe/parseProbe';

const REQUIRED = ['kernel.system=Linux', 'kernel.release=6.1.0-50-amd64', 'kernel.machine=x86_64', 'user.id=1000'];
const report = (...lines: string[]) =>
  ['', 'toa-probe-begin 1', ...REQUIRED, ...lines, 'toa-probe-end 1', ''].join('\n');

function factsOf(...lines: string[]): Facts {
  const reading = parseProbe(report(...lines));
  if ('problem' in reading) throw new Error(render(reading.problem));
  return reading.facts;
}

function problemOf(text: string): string {
  const reading = parseProbe(text);
  return 'problem' in reading ? render(reading.problem) : 'no problem';
}

describe('the report around the facts', () => {
  it('may lie in the words of a login', () => {
    const reading = parseProbe(`Last login: today\ntoa=forged\n${report('toa.loaded=yes')}logout\r\n`);
    expect(reading).toMatchObject({ facts: { toa: { loaded: true }, kernel: { release: '6.1.0-50-amd64' } } });
  });

  it('may come through a terminal', () => {
    expect(parseProbe(report().replaceAll('\n', '\r\n'))).toEqual(parseProbe(report()));
  });

  it('is not used when it is cut', () => {
    const text = report('toa.loaded=yes');
    const end = text.indexOf('toa-probe-end 1') + 'toa-probe-end 1'.length;
    for (let length = 0; length < end; length++) expect(problemOf(text.slice(0, length))).toMatch(/no report|cut off/);
  });

  it('must say the least', () => {
    for (const fact of ['kernel.release', 'kernel.machine', 'user.id']) {
      const without = report().replace(new RegExp(`^${fact}=.*\n`, 'm'), '');
      expect(problemOf(without)).toBe(`The report of the host lacks ${fact}. Probe again.`);
    }
    expect(problemOf(report().replace('1000', 'x'))).toBe('The report of the host lacks user.id. Probe again.');
  });

  it('must be of a Linux host', () => {
    expect(problemOf(report().replace('Linux', 'Darwin'))).toBe(
      'The host runs Darwin, not Linux: TOA is a Linux kernel module.',
    );
  });
});

describe('distribution', () => {
  it.each<[string, string[], Partial<Facts['distribution']>]>([
    [
      'Debian 8, which has no VERSION_CODENAME',
      ["os-release=ID='debian'", 'os-release=VERSION_ID="8"', 'os-release=VERSION="8 (jessie)"'],
      { id: 'debian', version: '8', codename: 'jessie' },
    ],
    [
      'Ubuntu 14.04, whose code name is in lsb-release',
      ['os-release=ID=ubuntu', 'os-release=VERSION="14.04.6 LTS, Trusty Tahr"', 'lsb-release=DISTRIB_CODENAME=trusty'],
      { id: 'ubuntu', codename: 'trusty' },
    ],
    [
      'a name with escapes',
      [String.raw`os-release=ID="odd"`, String.raw`os-release=PRETTY_NAME="The \"Odd\" \$5 OS"`],
      { name: 'The "Odd" $5 OS' },
    ],
    [
      'Red Hat 6',
      ['release-file=redhat-release Red Hat Enterprise Linux Server release 6.10 (Santiago)'],
      { id: 'rhel', version: '6.10' },
    ],
    ['Debian 6', ['release-file=debian_version 6.0.10'], { id: 'debian', version: '6.0.10' }],
    ['nothing at all', [], { id: undefined, version: undefined, like: [] }],
    [
      'Anolis',
      ['os-release=ID="anolis"', 'os-release=ID_LIKE="rhel fedora centos"'],
      { like: ['rhel', 'fedora', 'centos'] },
    ],
  ])('%s', (_, lines, expected) => {
    expect(factsOf(...lines).distribution).toMatchObject(expected);
  });
});

describe('compilers', () => {
  it.each([
    [
      'Linux version 6.12.1 (b@h) (Debian clang version 19.1.7 (3+b1), Debian LLD 19.1.7) #1 SMP',
      'Debian clang version 19.1.7 (3+b1)',
    ],
    ['Linux version 4.4.0 (a (b) c@h) (gcc version 5.4.0 (Ubuntu 5.4.0-6) ) #1', 'gcc version 5.4.0 (Ubuntu 5.4.0-6)'],
    ['Linux version 6.1 (b@h) (gcc (GCC', undefined],
    ['Linux', undefined],
  ])('%s', (built, compiler) => {
    expect(factsOf(`kernel.built=${built}`).kernel.compiler).toBe(compiler);
  });

  const commandOf = (...variables: string[]) =>
    factsOf('tree=/usr/src/t', ...variables.map((line) => `tree.variable=${line}`)).trees[0]?.compilerCommand;

  it('are named by the headers', () => {
    const debian = 'CC = $(if $(DEBIAN_KERNEL_USE_CCACHE),$(CCACHE)) $(CROSS_COMPILE)gcc-12';
    expect(commandOf(debian, 'override CROSS_COMPILE = $(DEB_HOST_GNU_TYPE)-')).toBe('gcc-12');
    expect(commandOf(debian, 'override CROSS_COMPILE = x86_64-linux-gnu-')).toBe('x86_64-linux-gnu-gcc-12');
    expect(commandOf('CC\t\t= $(LLVM_PREFIX)clang$(LLVM_SUFFIX)', 'CC\t\t= $(CROSS_COMPILE)gcc')).toBeUndefined();
    expect(commandOf('CC = $(shell rm -rf /)gcc-12', 'CC = $(X)gcc-12')).toBeUndefined();
  });

  it.each([
    ['gcc (GCC) 4.4.7 20120313 (Red Hat 4.4.7-23)', '4.4.7'],
    ['gcc (Ubuntu 4.8.4-2ubuntu1~14.04.4) 4.8.4', '4.8.4'],
    ['gcc (Alpine 13.2.1_git20231014) 13.2.1 20231014', '13.2.1'],
    ['gcc', undefined],
  ])('%s', (line, version) => {
    expect(factsOf(`tools.gcc=${line}`).tools.gcc).toBe(version);
  });
});

describe('security', () => {
  const of = (...lines: string[]) => factsOf(...lines).security;

  it('knows when unsigned modules are refused', () => {
    expect(of('security.sig-enforce=Y').signatureEnforced).toBe(true);
    expect(of('kernel.option=MODULE_SIG_FORCE=y').signatureEnforced).toBe(true);
    expect(of('security.boot-option=module.sig_enforce').signatureEnforced).toBe(true);
    expect(of('security.boot-option=module.sig_enforce=0', 'kernel.option=SMP=y').signatureEnforced).toBe(false);
    expect(of().signatureEnforced).toBeUndefined();
  });

  it('reads the last byte of the Secure Boot variable', () => {
    expect(of('security.efi=yes', 'security.secure-boot=   6   0   0   0   1').secureBoot).toBe(true);
    expect(of('security.efi=yes', 'security.secure-boot=   6   0   0   0   0').secureBoot).toBe(false);
    expect(of('security.efi=yes').secureBoot).toBeUndefined();
    expect(of().secureBoot).toBe(false);
  });
});

describe('container', () => {
  it.each<[string, string[], Facts['environment']['container']]>([
    ['a virtual machine made from an image', ['container.sign=dockerenv'], undefined],
    ['Docker', ['container.sign=dockerenv', 'container.sign=mounted-hosts'], 'docker'],
    ['Docker by its cgroup', ['container.sign=docker'], 'docker'],
    ['Podman', ['container.sign=containerenv'], 'podman'],
    ['LXC', ['container.named=lxc'], 'lxc'],
    ['OpenVZ', ['container.sign=openvz'], 'openvz'],
    ['Kubernetes', ['container.sign=dockerenv', 'container.sign=kubernetes'], 'kubernetes'],
    ['a live system', ['container.sign=overlay-root'], undefined],
    ['another runtime', ['container.sign=overlay-root', 'container.sign=mounted-hosts'], 'other'],
    ['WSL under systemd', ['container.named=wsl'], undefined],
  ])('%s', (_, lines, expected) => {
    expect(factsOf(...lines).environment.container).toBe(expected);
  });
});

describe('privilege', () => {
  it.each<[string, string[], Facts['user']['privilege']]>([
    ['in wheel, with sudo', ['user.groups=ops wheel', 'command=sudo /usr/bin/sudo'], 'sudo-password'],
    ['in wheel, without sudo', ['user.groups=ops wheel'], 'none'],
    ['with sudo, in no group of its', ['user.groups=ops', 'command=sudo /usr/bin/sudo'], 'none'],
  ])('%s', (_, lines, expected) => {
    expect(factsOf(...lines).user.privilege).toBe(expected);
  });
});

describe('hostile reports', () => {
  it('cannot reach the prototype of a record', () => {
    const { tools, kernel } = factsOf('command=__proto__ /x', 'kernel.option=__proto__=y', 'kernel.option=SMP=y');
    expect(Object.getPrototypeOf(tools.commands)).toBe(Object.prototype);
    expect(kernel.config).toEqual({ SMP: 'y' });
  });

  it('hold no control characters', () => {
    expect(factsOf('tree=/a\u001b]0;x\u0007b\u0085').trees[0]?.path).toBe('/a]0;xb');
  });

  const keys = [
    ...['directory', 'directory.build.state', 'tree', 'tree.option', 'tree.variable', 'toa.file', 'toa.file.vermagic'],
    ...[
      'os-release',
      'release-file',
      'kernel.built',
      'security.lockdown',
      'security.secure-boot',
      'command',
      'package',
    ],
    ...['container.named', 'tools.gcc', 'user.id', '__proto__', 'constructor', ''],
  ];
  const line = fc.oneof(
    fc.tuple(fc.constantFrom(...keys), fc.string({ unit: 'binary' })).map(([key, value]) => `${key}=${value}`),
    fc.string({ unit: 'binary' }),
  );

  it('give facts or a problem, never an exception', () => {
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const reading = parseProbe(report(...lines));
        expect('facts' in reading || reading.problem.text !== '').toBe(true);
      }),
    );
  });

  it('are read however a good one is damaged', () => {
    const good = report(
      'directory=/lib/modules/6.1',
      'directory.build.state=ok',
      'tree=/usr/src/t',
      'tree.option=SMP=y',
    );
    const place = fc.nat(good.length);
    fc.assert(
      fc.property(place, place, fc.string({ unit: 'binary' }), (start, end, instead) => {
        const damaged = good.slice(0, start) + instead + good.slice(end);
        const reading = parseProbe(damaged);
        expect('facts' in reading ? reading.facts.version : reading.problem.text).toBeTruthy();
        expect(() => parseAvailable(damaged)).not.toThrow();
      }),
    );
  });

  it('of megabytes are read in time', () => {
    const size = 1024 * 1024;
    for (const filler of ['(', '"', '\\', 'gcc-1', '[', ' ', '=', 'tree=/a\n', '\'"', 'a(b)']) {
      const value = filler.repeat(size / filler.length);
      expect(
        factsOf(
          `kernel.built=${value}`,
          `os-release=NAME="${value}`,
          `tools.gcc=${value}`,
          'tree=/t',
          `tree.variable=CC=${value}`,
        ).version,
      ).toBe(1);
    }
  });
});
