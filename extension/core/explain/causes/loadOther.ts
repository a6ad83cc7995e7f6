import { message } from '../../message';
import { CERTAIN, LIKELY, type Cause } from '../cause';
import { saidCause } from '../said';
import { firstSaid } from '../symptom';
import { reasonOf } from './loadRefused';

const family = 'load_other';

const fileNotFound = saidCause({
  key: 'insmod_file_not_found',
  family,
  signs: ['load-refused'],
  when: (said) =>
    /no such file or directory|没有那个文件|Datei oder Verzeichnis nicht|Aucun fichier/i.test(reasonOf(said)),
  weight: ({ text }) => (/could not load|can't (?:read|open|load)/.test(text) ? LIKELY + 30 : LIKELY + 5),
  decidedBy: message('ls of the name given to insmod shows nothing'),
  title: ({ module = '?' }) => message('insmod finds no file {module}', { module }),
  explanation: message(
    'insmod takes the path of a file, with its directory and .ko; modprobe takes a name and searches /lib/modules/$(uname -r). Give insmod ./toa.ko, or install the module, run depmod -a and use modprobe.',
  ),
});

const initFailed = saidCause({
  key: 'module_init_failed',
  family,
  signs: ['load-refused', 'init-failed'],
  when: (said) =>
    said.sign === 'init-failed' ||
    /cannot allocate memory|no such device|resource busy|input\/output error|无法分配内存|没有那个设备|设备或资源忙|Kein passendes Gerät|Nicht genügend|timed out|not supported|bad address/i.test(
      reasonOf(said),
    ),
  weight: ({ sign }, { symptoms }) => {
    if (firstSaid(symptoms, 'vmap-full') !== undefined) return 20;
    return sign === 'init-failed' ? LIKELY + 10 : LIKELY + 5;
  },
  decidedBy: message('dmesg has a line of the module itself in the same second'),
  title: message('The module was loaded, and its own start failed'),
  explanation: message(
    'The kernel accepted the file, and the module’s init function gave an error back: a parameter is missing, hardware is absent, or something it looks for was not found. Its own line in dmesg says which.',
  ),
});

const alreadyLoaded = saidCause({
  key: 'already_loaded',
  family,
  signs: ['load-refused'],
  when: (said) => /file exists|文件已存在|Datei existiert|fichier existe|ファイルが存在/i.test(reasonOf(said)),
  weight: CERTAIN,
  decidedBy: message('lsmod shows a module of this name'),
  title: message('A module of this name is loaded already'),
  explanation: message(
    'The kernel keeps one module of a name. To load a new build, unload the old one with rmmod first; if modprobe says so at boot, nothing is wrong.',
  ),
});

const vmalloc = saidCause({
  key: 'vmalloc_exhausted',
  family,
  signs: ['vmap-full', 'load-refused'],
  when: (said) => said.sign === 'vmap-full' || /cannot allocate memory|无法分配内存/i.test(reasonOf(said)),
  weight: (_, { symptoms }) => (firstSaid(symptoms, 'vmap-full') === undefined ? 20 : CERTAIN),
  decidedBy: message('dmesg: vmap allocation for size … failed'),
  title: message('The kernel’s address space for modules is full'),
  explanation: message(
    'The kernel found no room in its module or vmalloc area. On 32-bit systems give it more with vmalloc=256M on the boot line; else unload what is not needed.',
  ),
});

export const LOAD_OTHER_CAUSES: readonly Cause[] = [fileNotFound, initFailed, alreadyLoaded, vmalloc];
