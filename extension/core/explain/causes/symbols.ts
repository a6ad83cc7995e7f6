import { message } from '../../message';
import { LIKELY, type Case, type Cause } from '../cause';
import { saidCause } from '../said';
import { allSaid, firstSaid, type SaidSymptom } from '../symptom';
import { loadWithDependencies } from '../toolRemedies';
import { reasonOf } from './loadRefused';

const family = 'load_symbols';

/** Inner functions that this or that kernel stopped to export, or never did. */
const NEVER_EXPORTED =
  /^(?:kallsyms_\w+|set_memory_\w+|__module_(?:text_)?address|tcp_v[46]_\w+|ipv[46]_specific|inet6?_csk_\w+|sys_call_table|init_mm|tcp_(?:prot|init_\w+|rcv_\w+)|tcpv6_prot|find_module|module_mutex|each_symbol\w*|sock_def_readable|__x64_sys_\w+|do_\w+|security_\w+|mod_\w+|text_poke\w*|stop_machine\w*|flush_tlb_\w+|cpu_\w+_mask|swapper_pg_dir|lookup_address|tasklist_lock|task_\w+)$/;

/** Names by which the modules of a kernel begin their exports. */
const OWNED_BY_MODULE =
  /^_*(?:cfg80211|ieee80211|wiphy|can|alloc_can|register_can|nf|nft|xt|ipt?6?t|snd|usbnet|usb_serial|v4l2|video|vb2|videobuf|drm|ttm|mii|mdio|hci|bt|l2cap|uio|media|dvb|rc|udp_tunnel|ip_tunnel|l2tp|gre|ppp|slhc|ata|sata|sas|scsi|nvme|ib|rdma|mlx\w?|dm|fuse|nfs|rpc|svc|rtl|rtw|mac80211|lib80211|cordic|crc\w+|iio|hid|led|i2c|spi|regmap|ptp|vhost|tun|macvlan|bond|team|br|vxlan|geneve|net_failover|virtio|tls|inet_diag)_/;

const isKnownInside = ({ values }: SaidSymptom): boolean => NEVER_EXPORTED.test(values['symbol'] ?? '');
const isModules = ({ values }: SaidSymptom): boolean => OWNED_BY_MODULE.test(values['symbol'] ?? '');
/** A module that lacks many symbols lacks another module: a source that calls inner functions lacks one or two. */
const FAMILY = 4;

/** Parts of the kernel image that an option switches on or off; they are never modules. */
const BUILT_IN =
  /^(?:iwe_stream_\w+|wireless_send_event|kprobe\w*|register_kprobe\w*|ftrace_\w+|bpf_\w+|perf_event_\w+|debugfs_\w+|kexec_\w+)$/;

const isBuiltIn = ({ values }: SaidSymptom): boolean => BUILT_IN.test(values['symbol'] ?? '');

/** Other unknown symbols beside it tell that a whole module is missing. */
function lacksModule({ symptoms }: Case): boolean {
  const unknown = allSaid(symptoms, 'unknown-symbol').filter((said) => !isKnownInside(said));
  return unknown.some(isModules) || new Set(unknown.map(({ values }) => values['symbol'])).size >= FAMILY;
}

const UNKNOWN_SYMBOL = /unknown symbol|Symbol nicht|Symbole inconnu|未知(?:的)?符号|未定义符号/i;

const symbolOf = (values: SaidSymptom['values']): string => values['symbol'] ?? '?';

const notExported = saidCause({
  key: 'symbol_not_exported',
  family: 'source',
  signs: ['undefined-symbol', 'unknown-symbol'],
  when: (said) => said.values['error'] !== '-22' && (isKnownInside(said) || !isModules(said)),
  // modpost names what no module may use. insmod alone says it of what other modules export, much more often.
  weight: (said) => LIKELY + (isKnownInside(said) ? 30 : said.sign === 'undefined-symbol' ? 10 : -5),
  decidedBy: message('Module.symvers of this kernel does not list the symbol'),
  title: (values) => message('This kernel does not export {symbol} to modules', { symbol: symbolOf(values) }),
  explanation: message(
    'The source uses an inner function of the kernel that modules may not call, and no package changes that. kallsyms_lookup_name is not exported since Linux 5.7, set_memory_* since 4.12 or 5.x. Take a version of the source that does without it.',
  ),
});

const dependencyNotLoaded = saidCause({
  key: 'dependency_not_loaded',
  family,
  signs: ['unknown-symbol', 'load-refused'],
  when: (said, { symptoms }) =>
    said.sign === 'unknown-symbol'
      ? said.values['error'] !== '-22' && !isKnownInside(said)
      : firstSaid(symptoms, 'unknown-symbol') === undefined && UNKNOWN_SYMBOL.test(reasonOf(said)),
  weight: (said, kase) => (said.sign === 'load-refused' ? LIKELY - 5 : LIKELY + (lacksModule(kase) ? 20 : 5)),
  decidedBy: message('modinfo -F depends names a module that lsmod does not show'),
  title: (values) =>
    values['symbol'] === undefined
      ? message('A symbol is missing: most often a module it depends on is not loaded')
      : message('{symbol} belongs to a module that is not loaded', { symbol: symbolOf(values) }),
  explanation: message(
    'insmod loads one file and nothing it depends on. Install the module and use modprobe, which loads the others first, or load them by hand. dmesg names every missing symbol.',
  ),
  remedies: (_, values) => loadWithDependencies(values['module'] ?? ''),
});

const featureMissing = saidCause({
  key: 'kernel_config_missing_feature',
  family,
  signs: ['unknown-symbol', 'undefined-symbol'],
  when: (said) => said.values['error'] !== '-22' && !isKnownInside(said),
  weight: (said) =>
    isBuiltIn(said) ? LIKELY + 25 : said.sign === 'undefined-symbol' && isModules(said) ? LIKELY + 20 : LIKELY - 10,
  decidedBy: message('/boot/config-$(uname -r) has the option of this feature off'),
  title: (values) => message('This kernel was built without the part that has {symbol}', { symbol: symbolOf(values) }),
  explanation: message(
    'No module of this kernel owns the symbol: the option that provides it is off. Use a kernel with the option, or build without the feature. If another module of your own owns the symbol, name its Module.symvers in KBUILD_EXTRA_SYMBOLS.',
  ),
});

const crcDiffers = saidCause({
  key: 'modversions_mismatch',
  family: 'load_format',
  signs: ['crc-differs', 'unknown-symbol'],
  when: ({ sign, values }) => sign === 'crc-differs' || values['error'] === '-22',
  weight: LIKELY + 35,
  decidedBy: message('dmesg: disagrees about version of symbol'),
  title: (values) =>
    message('The module was built against other headers than the kernel’s: {symbol} differs', {
      symbol: symbolOf(values),
    }),
  explanation: message(
    'Each symbol carries a checksum of its types, and the module’s is not the kernel’s: the headers are of another revision or configuration, even where the version text agrees. Install the headers of exactly the running kernel, make clean and build again. Do not force the load: wrong structures crash the machine.',
  ),
});

const duplicate = saidCause({
  key: 'duplicate_symbol_other_module',
  family,
  signs: ['duplicate-symbol'],
  weight: LIKELY + 40,
  decidedBy: message('lsmod shows the module that dmesg names as the owner'),
  title: ({ symbol = '?', owner = 'vmlinux' }) => message('{owner} exports {symbol} already', { symbol, owner }),
  explanation: message(
    'Two modules export the same symbol, and the kernel takes only the first. Unload the other one (modprobe -r) and keep it from loading, or do not load this one.',
  ),
});

export const SYMBOL_CAUSES: readonly Cause[] = [
  notExported,
  dependencyNotLoaded,
  featureMissing,
  crcDiffers,
  duplicate,
];
