// What a cause's page says beside the engine's own sentences.
import type { Finding } from '../../../extension/core/explain/finding';

export type Language = 'en' | 'zh-cn';

export interface Words {
  readonly name: string;
  readonly generated: string;
  readonly all: string;
  readonly allLead: string;
  readonly looksLike: string;
  readonly recorded: string;
  readonly written: string;
  readonly onHost: string;
  readonly tellsApart: string;
  readonly insteadOf: string;
  readonly cause: string;
  readonly shownBy: string;
  readonly remedies: string;
  readonly noRemedy: string;
  readonly also: string;
  readonly severity: Readonly<Record<Finding['severity'], string>>;
  readonly families: Readonly<Record<string, string>>;
}

export const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    name: 'English',
    generated: 'Written from the causes in extension/core/explain by: npm run docs',
    all: 'All causes',
    allLead:
      'What TOA Doctor can name, when a TOA module does not build, does not load or has no effect. Each page: what it looks like, what tells it from its look-alikes, what to do.',
    looksLike: 'What it looks like',
    recorded: 'As the real tools said it:',
    written: 'In words like these:',
    onHost: 'And on the host:',
    tellsApart: 'What tells it apart',
    insteadOf: 'The same words can have other causes:',
    cause: 'Cause',
    shownBy: 'Shown by',
    remedies: 'What to do',
    noRemedy: 'There is no command for this one: do what is said above.',
    also: 'It also shows itself like this',
    severity: { error: 'Error', warning: 'Warning', information: 'Nothing is wrong' },
    families: {
      headers: 'Kernel headers',
      environment: 'The machine',
      tree: 'The kernel tree',
      makefile: 'The Makefile',
      toolchain: 'Compiler and tools',
      source: 'The module’s source',
      load_symbols: 'Loading: symbols',
      load_format: 'Loading: the file',
      load_policy: 'Loading: what the kernel allows',
      load_other: 'Loading: other refusals',
      crash: 'Crashes',
      install: 'Installing, boot, DKMS',
      runtime: 'Loaded, and still the load balancer’s address',
      benign: 'Messages that mean no harm',
    },
  },
  'zh-cn': {
    name: '简体中文',
    generated: '由 extension/core/explain 中的原因生成：npm run docs',
    all: '全部原因',
    allLead:
      'TOA 模块编译不出、加载不了或不起作用时，TOA Doctor 能指出的原因。每页说明：现象、如何与相似的原因区分、如何处理。',
    looksLike: '现象',
    recorded: '工具的真实输出：',
    written: '类似这样的说法：',
    onHost: '同时在主机上：',
    tellsApart: '如何区分',
    insteadOf: '同样的文字还可能有其他原因：',
    cause: '原因',
    shownBy: '判断依据',
    remedies: '如何处理',
    noRemedy: '没有现成的命令：请按上文处理。',
    also: '也会表现为',
    severity: { error: '错误', warning: '警告', information: '没有问题' },
    families: {
      headers: '内核头文件',
      environment: '机器环境',
      tree: '内核源码树',
      makefile: 'Makefile',
      toolchain: '编译器与工具',
      source: '模块源码',
      load_symbols: '加载：符号',
      load_format: '加载：文件格式',
      load_policy: '加载：内核的安全策略',
      load_other: '加载：其他拒绝',
      crash: '崩溃',
      install: '安装、开机加载与 DKMS',
      runtime: '已加载，看到的仍是负载均衡的地址',
      benign: '无害的提示',
    },
  },
};
