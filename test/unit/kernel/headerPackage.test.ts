import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Distribution } from '../../../extension/core/facts';
import type { AvailablePackage } from '../../../extension/core/kernel/headerPackage';
import { headerPackage } from '../../../extension/core/kernel/headerPackage';
import { render } from '../../../extension/core/message';
import { realReleases } from './realReleases';

function distribution(id: string | undefined, version?: string, like: readonly string[] = []): Distribution {
  return { id, like, version, codename: undefined, name: id };
}

function found(release: string, { id, version, like }: Partial<Distribution> = {}): AvailablePackage {
  const answer = headerPackage(release, distribution(id, version, like));
  if (answer.kind === 'none') throw new Error(render(answer.reason));
  return answer;
}

function reason(release: string, id?: string, version?: string): string {
  const answer = headerPackage(release, distribution(id, version));
  return answer.kind === 'none' ? render(answer.reason) : `a package: ${answer.packages.join()}`;
}

describe('the package with the headers', () => {
  it.each([
    ['2.6.32-754.35.1.el6.x86_64', 'yum install -y kernel-devel-uname-r == 2.6.32-754.35.1.el6.x86_64'],
    ['3.10.0-1160.119.1.el7.x86_64', 'yum install -y kernel-devel-3.10.0-1160.119.1.el7.x86_64'],
    ['3.10.0-1160.119.1.rt56.1268.el7.x86_64', 'yum install -y kernel-rt-devel-3.10.0-1160.119.1.rt56.1268.el7.x86_64'],
    [
      '4.18.0-553.16.1.el8_10.x86_64',
      'dnf install -y kernel-devel-4.18.0-553.16.1.el8_10.x86_64 elfutils-libelf-devel',
    ],
    ['5.14.0-427.13.1.el9_4.x86_64+rt', 'dnf install -y kernel-rt-devel-5.14.0-427.13.1.el9_4.x86_64'],
    ['5.14.0-503.el9.aarch64+64k', 'dnf install -y kernel-64k-devel-5.14.0-503.el9.aarch64'],
    ['6.12.0-55.9.1.el10_0.x86_64', 'dnf install -y kernel-devel-6.12.0-55.9.1.el10_0.x86_64'],
    ['3.10.0-1160.el7.centos.plus.x86_64', 'yum install -y kernel-plus-devel-3.10.0-1160.el7.centos.plus.x86_64'],
    ['5.4.17-2136.330.7.1.el7uek.x86_64', 'yum install -y kernel-uek-devel-5.4.17-2136.330.7.1.el7uek.x86_64'],
    ['4.14.355-275.570.amzn2.x86_64', 'yum install -y kernel-devel-4.14.355-275.570.amzn2.x86_64'],
    ['6.1.115-126.197.amzn2023.x86_64', 'dnf install -y kernel-devel-6.1.115-126.197.amzn2023.x86_64'],
    ['6.12.37-61.105.amzn2023.x86_64', 'dnf install -y kernel6.12-devel-6.12.37-61.105.amzn2023.x86_64'],
    ['5.10.134-16.3.al8.x86_64', 'dnf install -y kernel-devel-5.10.134-16.3.al8.x86_64'],
    ['5.10.0-216.0.0.115.oe2203sp4.x86_64', 'dnf install -y kernel-devel-5.10.0-216.0.0.115.oe2203sp4.x86_64'],
    [
      '5.4.268-1.el7.elrepo.x86_64',
      'yum --enablerepo=elrepo-kernel install -y kernel-lt-devel-5.4.268-1.el7.elrepo.x86_64',
    ],
    [
      '6.9.7-1.el9.elrepo.x86_64',
      'dnf --enablerepo=elrepo-kernel install -y kernel-ml-devel-6.9.7-1.el9.elrepo.x86_64',
    ],
    ['5.15.0-124-generic', 'apt-get install -y linux-headers-5.15.0-124-generic'],
    ['5.11.0-1008-aws', 'apt-get install -y linux-headers-5.11.0-1008-aws'],
    ['6.12.57+deb13-cloud-amd64', 'apt-get install -y linux-headers-6.12.57+deb13-cloud-amd64'],
    ['6.2.16-6-pve', 'apt-get install -y pve-headers-6.2.16-6-pve'],
    ['6.2.16-7-pve', 'apt-get install -y proxmox-headers-6.2.16-7-pve'],
    ['6.6.31+rpt-rpi-v8', 'apt-get install -y linux-headers-6.6.31+rpt-rpi-v8'],
    ['5.10.17-v8', 'apt-get install -y raspberrypi-kernel-headers'],
    [
      '5.14.21-150500.55.83-default',
      'zypper --non-interactive install kernel-default-devel=5.14.21-150500.55.83 kernel-devel=5.14.21-150500.55.83',
    ],
    ['6.6.1-arch1-1', 'pacman -S --noconfirm --needed linux-headers'],
    ['6.6.63-1-lts', 'pacman -S --noconfirm --needed linux-lts-headers'],
    ['5.4.209-1-MANJARO', 'pacman -S --noconfirm --needed linux54-headers'],
    ['6.6.63-0-lts', 'apk add linux-lts-dev'],
    ['6.6.63-0-virt', 'apk add linux-virt-dev'],
  ])('of %s: %s', (release, command) => {
    const { installCommands } = found(release);
    expect(installCommands.at(-1)?.join(' ')).toBe(command);
  });

  it('keeps a value with spaces in one argument', () => {
    expect(found('2.6.32-754.el6.x86_64').installCommands).toEqual([
      ['yum', 'install', '-y', 'kernel-devel-uname-r == 2.6.32-754.el6.x86_64'],
    ]);
  });

  it('is removed again, but not the tools that came with it', () => {
    expect(found('2.6.32-754.el6.x86_64').undoCommands).toEqual([
      ['yum', 'remove', '-y', 'kernel-devel-2.6.32-754.el6.x86_64'],
    ]);
    expect(found('4.18.0-553.el8_10.x86_64').undoCommands).toEqual([
      ['dnf', 'remove', '-y', 'kernel-devel-4.18.0-553.el8_10.x86_64'],
    ]);
    expect(found('5.15.0-124-generic').undoCommands).toEqual([
      ['apt-get', 'remove', '-y', 'linux-headers-5.15.0-124-generic'],
    ]);
  });

  it('goes through the manager that is there', () => {
    const answer = headerPackage('4.18.0-553.el8_10.aarch64', distribution('rocky', '8.10'), 'yum');
    expect(answer).toMatchObject({ installCommands: [['yum', 'install', '-y', expect.any(String)]] });
    expect(headerPackage('5.15.0-124-generic', distribution('ubuntu', '22.04'), 'dnf')).toMatchObject({
      undoCommands: [['apt-get', 'remove', '-y', expect.any(String)]],
    });
  });

  it('says when it may be for another release', () => {
    const { exact, notes } = found('6.6.1-arch1-1');
    expect(exact).toBe(false);
    expect(notes.map((note) => render(note))).toEqual([expect.stringContaining('newest headers')]);
    expect(found('6.1.0-50-amd64')).toMatchObject({ exact: true, notes: [] });
  });

  it('names the repository that Oracle keeps it in', () => {
    const notes = found('5.4.17-2136.330.7.1.el7uek.x86_64').notes.map((note) => render(note));
    expect(notes).toEqual(['The Oracle Linux repository UEKR6 must be enabled.']);
  });
});

describe('no package', () => {
  it.each([
    ['5.10.16.3-microsoft-standard-WSL2', 'WSL kernel'],
    ['5.10.104-linuxkit', 'container desktop'],
    ['5.15.0+', 'No distribution package is known'],
    ['5.15.64-g0ae752685214-dirty', 'No distribution package is known'],
    ['3.10.0-957.21.3.el7.toa.x86_64', 'rebuilt kernel (toa)'],
    ['6.17.11-061711-generic', 'mainline build'],
    ['3.10.0-1127.8.2.vz7.151.14', 'OpenVZ'],
    ['', 'not a kernel release'],
    ['6.1.0 -amd64', 'not a kernel release'],
    ['6.1.0-1-amd64;reboot', 'not a kernel release'],
    ['-o=x', 'not a kernel release'],
    ['6.1.0-$(id)-generic', 'not a kernel release'],
    ['6.1.0-1-amd64\n', 'not a kernel release'],
  ])('for %j: %s', (release, words) => {
    expect(reason(release)).toContain(words);
  });

  it.each([
    ['6.8.0-45-generic', 'debian', '12'],
    ['6.1.0-50-amd64', 'ubuntu', '22.04'],
    ['3.10.0-1160.el7.x86_64', 'ubuntu', '22.04'],
    ['6.8.0-45-generic', 'centos', '7'],
    ['5.15.0-124-generic', 'alpine', '3.20'],
    ['3.10.0-1160.el7.x86_64', 'centos', '8'],
  ])('for %s on %s %s, whose repositories are of another distribution', (release, id, version) => {
    expect(reason(release, id, version)).toContain(`is not one of ${id}`);
  });

  it('is not claimed for derivatives', () => {
    expect(found('5.15.0-124-generic', { id: 'linuxmint', version: '21', like: ['ubuntu', 'debian'] }).exact).toBe(true);
    expect(found('5.14.0-503.el9.x86_64', { id: 'rocky', version: '9.5', like: ['rhel', 'centos'] }).exact).toBe(true);
    expect(found('6.2.16-7-pve', { id: 'debian', version: '12' }).exact).toBe(true);
  });
});

describe('the archive', () => {
  it.each([
    ['2.6.32-754.35.1.el6.x86_64', 'centos', '6', 'vault.centos.org/6.10'],
    ['3.10.0-957.12.2.el7.x86_64', 'centos', '7', 'vault.centos.org/7.6.1810'],
    ['3.10.0-1160.119.1.el7.x86_64', 'centos', '7', 'vault.centos.org/7.9.2009'],
    ['4.18.0-348.7.1.el8_5.x86_64', 'centos', '8', 'vault.centos.org/8.5.2111'],
    ['4.18.0-9999.el8.x86_64', 'centos', '8', 'vault.centos.org'],
    ['4.19.0-17-amd64', 'debian', '10', 'archive.debian.org'],
    ['5.3.0-24-generic', 'ubuntu', '19.10', 'old-releases.ubuntu.com/ubuntu'],
  ])('of %s on %s %s is %s', (release, id, version, base) => {
    const { archive, notes } = found(release, { id, version, like: [] });
    expect(archive?.base).toBe(base);
    expect(notes.map((note) => render(note)).at(-1)).toContain(`point them at ${base}.`);
  });

  it.each([
    ['6.1.0-50-amd64', 'debian', '12'],
    ['5.14.0-503.el9.x86_64', 'centos', '9'],
    ['6.8.0-45-generic', 'ubuntu', '24.04'],
    ['3.10.0-1160.el7.x86_64', 'rhel', '7.9'],
  ])('of %s on %s %s is not needed', (release, id, version) => {
    expect(found(release, { id, version, like: [] }).archive).toBeUndefined();
  });

  it('stays where it was for long-term Ubuntu', () => {
    const { archive } = found('3.13.0-170-generic', { id: 'ubuntu', version: '14.04', like: [] });
    expect(archive?.base).toBeUndefined();
    expect(archive && render(archive.note)).toContain('Ubuntu Pro');
  });
});

describe('any release', () => {
  it('never ends an apt argument in a sign that apt reads as an instruction', () => {
    const ending = fc.constantFrom('-', '+', '-x-', '--', '-+');
    fc.assert(
      fc.property(fc.constantFrom(...realReleases), ending, ([release], sign) => {
        const answer = headerPackage(release + sign, distribution(undefined));
        const commands = answer.kind === 'none' ? [] : [...answer.installCommands, ...answer.undoCommands];
        const ofApt = commands.filter(([command]) => command === 'apt-get').flat();
        expect(ofApt.filter((argument) => /[-+]$/.test(argument))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  const tail = fc.array(fc.constantFrom(...realReleases.map(([text]) => text), ';', ' ', '\n', '-', '+', '$', 'x'), {
    maxLength: 3,
  });

  it('puts nothing but plain characters into a command', () => {
    fc.assert(
      fc.property(fc.oneof(tail.map((parts) => parts.join('')), fc.string()), (release) => {
        const answer = headerPackage(release, distribution(undefined));
        if (answer.kind === 'none') return render(answer.reason).length > 0;
        return [...answer.installCommands, ...answer.undoCommands].flat().every((argument) => {
          return /^(?:--?)?[A-Za-z0-9][A-Za-z0-9._+~=-]*(?: == [0-9][A-Za-z0-9._+~-]*)?$/.test(argument);
        });
      }),
      { numRuns: 2000 },
    );
  });
});
