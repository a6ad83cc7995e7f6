// Words of causes that no test provokes: other compilers, other CPUs, complaints of people. Each as tools and kernels print them.

const REFUSED = 'insmod: ERROR: could not insert module toa.ko: ';
const COMPLAINT = 'toa is loaded, and nginx logs the load balancer IP, not the client';

/** By cause. */
export const WRITTEN: Readonly<Record<string, string>> = {
  api_distro_backport: `make[1]: Entering directory '/usr/src/kernels/3.10.0-1160.el7.x86_64'
/root/toa/toa.c:210:2: error: too few arguments to function 'ndo_dflt_bridge_getlink'`,
  benign_btf_skipped: 'Skipping BTF generation for /root/toa/toa.ko due to unavailability of vmlinux',
  benign_sign_key_missing: `At main.c:160:
- SSL error:02001002:system library:fopen:No such file or directory: ../crypto/bio/bss_file.c:69
sign-file: certs/signing_key.pem: No such file or directory`,
  benign_taint_message: 'toa: loading out-of-tree module taints kernel.',
  compiler_no_retpoline: 'arch/x86/Makefile:166: *** CONFIG_RETPOLINE=y, but not supported by the compiler.  Stop.',
  compiler_unusable_wrapper: 'arch/x86/Makefile:184: *** Compiler lacks asm-goto support..  Stop.',
  ibt_missing_endbr: `traps: Missing ENDBR: kallsyms_lookup_name+0x4/0xd0
kernel BUG at arch/x86/kernel/traps.c:255!`,
  module_btf_mismatch: `${REFUSED}Invalid argument
failed to validate module [toa] BTF: -22`,
  not_autoloaded_at_boot: 'After a reboot the module toa is not loaded; modprobe toa works by hand',
  runtime_app_bypasses_kernel: `${COMPLAINT}
The proxy in front of it is built on F-Stack`,
  runtime_container_nat: `${COMPLAINT}
The service is a NodePort, with externalTrafficPolicy: Cluster`,
  runtime_lb_option_not_sent: `${COMPLAINT}
tcpdump: the SYN has no TOA option`,
  runtime_nat64_needs_app: `${COMPLAINT}
The clients come through NAT64`,
  runtime_option_kind_mismatch: `${COMPLAINT}
IP 10.0.0.5.41244 > 10.0.0.9.80: Flags [S], options [mss 1460,unknown-200 0x1f90c0a80a01,nop], length 0`,
  runtime_option_space_full: `${COMPLAINT}
It is about 1 in 5000 connections; the others are right`,
  runtime_path_unsupported: `${COMPLAINT}
It is an HTTP listener (Layer 7)`,
  runtime_v4mapped_v6_socket: `${COMPLAINT}
tcp   LISTEN 0  511  *:80  *:*  users:(("nginx",pid=811,fd=6))`,
  stale_build_artifacts: `  MODPOST /root/toa/Module.symvers
  LD [M]  /root/toa/toa.ko
${REFUSED}Invalid module format
toa: version magic '5.14.0-427.13.1.el9_4.x86_64 SMP preempt mod_unload modversions ' should be '5.14.0-427.16.1.el9_4.x86_64 SMP preempt mod_unload modversions '`,
  wrong_linker: `mold: warning: unknown linker script option
ERROR: modpost: missing MODULE_LICENSE() in /root/toa/toa.o
ERROR: modpost: missing MODULE_LICENSE() in /root/toa/option.o
ERROR: modpost: missing MODULE_LICENSE() in /root/toa/hook.o`,
};
