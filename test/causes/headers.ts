// Headers that are missing, elsewhere, or not to be had, on Debian.
import type { Provocation } from './provocation';

const GONE = '6.1.0-999-amd64';

export const HEADER_FAULTS: readonly Provocation[] = [
  {
    cause: 'headers_missing',
    needsFacts: true,
    prepare: '. $TOOLS/debian.sh; offer $R; keep_only; install_kernel $R',
    provoke: 'make',
    remedy: 'finding',
  },
  {
    cause: 'headers_dangling_symlink',
    needsFacts: true,
    prepare:
      '. $TOOLS/debian.sh; offer $R; keep_only; install_kernel $R; ln -s /usr/src/linux-headers-$R /lib/modules/$R/build',
    provoke: 'make',
    remedy: 'finding',
  },
  {
    cause: 'stale_running_kernel',
    needsFacts: true,
    running: '6.1.0-50-amd64',
    prepare: '. $TOOLS/debian.sh; keep_only $NEWER; install_kernel $NEWER',
    provoke: 'make',
    // A reboot, as far as a build can tell.
    remedy: { script: 'echo $NEWER >/usr/lib/toa-doctor-world/release' },
  },
  {
    cause: 'headers_version_mismatch',
    needsFacts: true,
    prepare: '. $TOOLS/debian.sh; offer $R; keep_only $OLDER; install_kernel $R',
    provoke: 'make',
    remedy: 'finding',
  },
  {
    cause: 'headers_pkg_not_in_repo',
    running: GONE,
    prepare: '. $TOOLS/debian.sh; offer $OLDER; install_kernel $R',
    provoke: 'apt-get install -y linux-headers-$R',
  },
  {
    cause: 'headers_pkg_not_in_repo',
    variant: 'build',
    needsFacts: true,
    running: GONE,
    prepare: '. $TOOLS/debian.sh; offer $OLDER; keep_only; install_kernel $R',
    provoke: 'make',
  },
  {
    cause: 'custom_kernel_no_headers',
    needsFacts: true,
    running: '6.1.55+',
    prepare: '. $TOOLS/debian.sh; keep_only; install_kernel $R; rm -rf /etc/apt/sources.list* /var/lib/apt/lists',
    provoke: 'make',
  },
  { cause: 'wsl_kernel', running: '5.15.167.4-microsoft-standard-WSL2', provoke: 'make' },
  {
    cause: 'container_host_kernel',
    running: '6.6.12-linuxkit',
    prepare: '. $TOOLS/debian.sh; keep_only',
    provoke: 'make',
  },
  {
    cause: 'container_host_kernel',
    variant: 'podman',
    needsFacts: true,
    running: '5.14.0-427.13.1.el9_4.x86_64',
    prepare: '. $TOOLS/debian.sh; keep_only; touch /run/.containerenv',
    provoke: 'make',
  },
  {
    cause: 'repo_eol_or_unreachable',
    variant: 'apt',
    prepare: `
rm -rf /etc/apt/sources.list.d/* /var/lib/apt/lists/*
echo 'deb http://127.0.0.1:8888/debian jessie main' >/etc/apt/sources.list
mkdir /srv/www`,
    provoke: `
python3 -m http.server 8888 --directory /srv/www --bind 127.0.0.1 >/dev/null 2>&1 &
server=$!
sleep 2
apt-get update
status=$?
kill $server
exit $status`,
  },
];
