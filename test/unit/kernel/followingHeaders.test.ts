import { describe, expect, it } from 'vitest';
import { followingHeaders } from '../../../extension/core/kernel/followingHeaders';
import { debian, factsWith } from './facts';

// Packages and versions as Debian's and Ubuntu's archives have them.
describe('what brings the headers of the next kernel', () => {
  it.each([
    ['6.1.0-56-cloud-amd64', 'bookworm', '6.1.192-2', [], 'linux-headers-cloud-amd64', []],
    // Debian 12's security suite: linux-headers-cloud-amd64 would bring those of 6.1.
    ['6.12.117+deb12-cloud-amd64', 'bookworm', '6.12.117-1~deb12u1', [], 'linux-headers-6.12-cloud-amd64', []],
    ['6.1.0-0.deb11.52-amd64', 'bullseye', '6.1.180-1~deb11u1', [], 'linux-headers-6.1-amd64', []],
    // Debian 13's backports: without -t apt takes the headers of 6.12.
    [
      ...['7.2.6+deb13-cloud-amd64', 'trixie', '7.2.6-1~bpo13+1', []],
      ...['linux-headers-cloud-amd64', ['-t', 'trixie-backports']],
    ],
    [
      ...['6.8.0-49-generic', 'jammy', '6.8.0-49.49~22.04.1', ['linux-image-generic-hwe-22.04']],
      ...['linux-headers-generic-hwe-22.04', []],
    ],
    ['5.15.0-125-generic', 'jammy', '5.15.0-125.135', ['linux-image-generic'], 'linux-headers-generic', []],
  ] as [string, string, string, string[], string, string[]][])(
    '%s on %s',
    (release, codename, version, others, name, options) => {
      const installed = [`linux-image-${release}`, ...others].map((one) => ({ name: one, version }));
      const facts = factsWith({
        distribution: { ...debian, codename },
        packages: { manager: 'apt', installed, available: undefined },
      });
      expect(followingHeaders(release, facts)).toEqual({ name, options });
    },
  );

  it('is nothing elsewhere', () => {
    expect(followingHeaders('3.10.0-1160.el7.x86_64', factsWith())).toBeUndefined();
  });
});
