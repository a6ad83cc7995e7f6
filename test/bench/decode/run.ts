// Speed of `toa-doctor decode` beside the tools that people use: npx tsx test/bench/decode/run.ts [ROUNDS]. Needs gcc, tcpdump, tshark, text2pcap.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Truth } from './generate';
import { generatePcap, generateText } from './generate';
import type { Cost } from './measure';
import { median, run } from './measure';

const ROUNDS = Number(process.argv[2] ?? 3);
const MANY = 1_000_000;
const FEW = 200_000;

interface Side {
  readonly name: string;
  /** Takes a minute: only measured while it is proven. */
  readonly slow?: boolean;
  readonly argv: readonly string[];
  readonly packets: number;
  readonly bytes: number;
  /** Lines of its output as `frame client`, or how many there are where the tool prints no more. */
  readonly read: (output: string) => readonly string[] | number;
  readonly truth: Truth;
}

/** The sides that the goals compare, each pair with the same input. */
const OURS = 'toa-doctor, 1M packets';
const SCAN = 'C over mmap, 1M packets';
const TCPDUMP = 'tcpdump | grep, 1M packets';
const TSHARK = 'tshark -Y -T fields, 1M packets';
const TEXT = 'toa-doctor, text of 250k packets';
const PIPELINE = 'text2pcap | tshark, text of 250k packets';

const directory = mkdtempSync(join(tmpdir(), 'toa-bench-'));
const path = (name: string): string => join(directory, name);
const here = import.meta.dirname;

function prepare(): { many: Truth; few: Truth; text: Truth; large: Truth } {
  const many = generatePcap(path('many.pcap'), MANY);
  const few = generatePcap(path('few.pcap'), FEW);
  execFileSync('gcc', ['-O2', '-o', path('scan'), join(here, 'scan.c')]);
  const text = generateText(readFileSync(path('few.pcap')), path('few.txt'), FEW / 4);
  const large = generateText(readFileSync(path('many.pcap')), path('many.txt'), MANY / 4);
  const part = (truth: Truth, packets: number): readonly string[] =>
    truth.lines.filter((line) => Number(line.split(' ')[0]) <= packets);
  return {
    many,
    few,
    text: { ...text, lines: part(few, text.packets) },
    large: { ...large, lines: part(many, large.packets) },
  };
}

/** The first two columns of our table. */
const ourLines = (output: string): readonly string[] =>
  output
    .split('\n')
    .slice(1, -1)
    .map((line) => line.split(/ +/, 2).join(' '));

const scanLines = (output: string): readonly string[] => output.split('\n').slice(0, -1);

/** tshark's frame number and options in hexadecimal. */
const tsharkLines = (output: string): readonly string[] =>
  scanLines(output).map((line) => {
    const [frame = '', options = ''] = line.split('\t');
    const at = options.indexOf('c808');
    const bytes = Buffer.from(options.slice(at + 4, at + 16), 'hex');
    return `${frame} ${bytes.subarray(2).join('.')}:${bytes.readUInt16BE(0)}`;
  });

const FIELDS = ['-T', 'fields', '-e', 'frame.number', '-e', 'tcp.options'];
const FILTER = 'tcp.option_kind == 200';
const shell = (script: string, ...args: readonly string[]): readonly string[] => ['sh', '-c', script, 'sh', ...args];

function sides({ many, few, text, large }: ReturnType<typeof prepare>): readonly Side[] {
  const cli = resolve('dist/cli.js');
  const node = process.execPath;
  const ours = (file: string) => [node, cli, 'decode', path(file)];
  const side = (name: string, argv: readonly string[], truth: Truth, read: Side['read'], slow = false): Side => ({
    name,
    argv,
    packets: truth.packets,
    bytes: truth.bytes,
    read,
    truth,
    slow,
  });
  const tshark = (file: string) => ['tshark', '-n', '-r', path(file), '-Y', FILTER, ...FIELDS];
  const grep = 'tcpdump -nn -r "$1" | grep -c unknown-200';
  // text2pcap wants single bytes and no colon behind the offset.
  const bytes = String.raw`sed -n "s/^\t0x\([0-9a-f]*\):/\1/; t hex; d; :hex; s/ \([0-9a-f][0-9a-f]\)\([0-9a-f][0-9a-f]\)/ \1 \2/g; p" "$1"`;
  const pipeline = `${bytes} | text2pcap -q -l 101 - - | tshark -n -r - -Y "${FILTER}" ${FIELDS.join(' ')}`;
  return [
    side(OURS, ours('many.pcap'), many, ourLines),
    side(SCAN, [path('scan'), path('many.pcap')], many, scanLines),
    side(TCPDUMP, shell(grep, path('many.pcap')), many, Number),
    side(TSHARK, tshark('many.pcap'), many, tsharkLines, true),
    side(TEXT, ours('many.txt'), large, ourLines),
    side(PIPELINE, shell(pipeline, path('many.txt')), large, tsharkLines, true),
    side('toa-doctor, 200k packets', ours('few.pcap'), few, ourLines),
    side('tshark -Y -T fields, 200k packets', tshark('few.pcap'), few, tsharkLines),
    side('toa-doctor, text of 50k packets', ours('few.txt'), text, ourLines),
    side('text2pcap | tshark, text of 50k packets', shell(pipeline, path('few.txt')), text, tsharkLines),
  ];
}

/** A side that does not say the truth is not measured. */
function prove({ name, argv, read, truth }: Side): Cost {
  const { output, ...cost } = run(argv);
  const found = read(output);
  const right = typeof found === 'number' ? found === truth.lines.length : found.join('\n') === truth.lines.join('\n');
  if (!right)
    throw new Error(
      `${name} does not equal the truth: ${typeof found === 'number' ? found : found.length} of ${truth.lines.length}`,
    );
  return cost;
}

/** The first run of each side proves it and counts only for those that are slow. */
function measure(all: readonly Side[]): ReadonlyMap<string, Cost> {
  const proven = new Map(all.map((side) => [side.name, prove(side)]));
  console.log('every side equals the truth');
  const quick = all.filter(({ slow }) => slow !== true);
  const costs = new Map<string, Cost[]>(quick.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) for (const { name, argv } of quick) costs.get(name)?.push(run(argv));
  return new Map([...proven, ...[...costs].map(([name, runs]) => [name, median(runs)] as const)]);
}

function report(all: readonly Side[], costs: ReadonlyMap<string, Cost>): void {
  console.log(`median of ${ROUNDS} rounds (of one for those marked *), by CPU (user + system)\n`);
  const cost = (wanted: string): Cost & Side => {
    const side = all.find(({ name }) => name === wanted);
    const found = costs.get(wanted);
    if (side === undefined || found === undefined) throw new Error(`${wanted} was not measured`);
    return { ...side, ...found };
  };
  for (const { name, slow } of all) {
    const { cpu, wall, megabytes, bytes } = cost(name);
    const figures = [
      `${cpu.toFixed(2)} s CPU`,
      `${wall.toFixed(2)} s wall`,
      `${megabytes.toFixed(0)} MB`,
      `${(bytes / 1e6 / cpu).toFixed(0)} MB/s`,
    ];
    console.log(`${(slow === true ? `${name} *` : name).padEnd(42)} ${figures.join('  ')}`);
  }
  const [ours, scan, tcpdump, tshark] = [cost(OURS), cost(SCAN), cost(TCPDUMP), cost(TSHARK)];
  const [text, pipeline] = [cost(TEXT), cost(PIPELINE)];
  const goals: readonly (readonly [string, number, string])[] = [
    ['tshark / ours (goal 150 or more)', tshark.cpu / ours.cpu, 'x'],
    ['tcpdump | grep / ours (goal 25 or more)', tcpdump.cpu / ours.cpu, 'x'],
    ['ours / C over mmap (goal 10 or less)', ours.cpu / scan.cpu, 'x'],
    ['resident memory of ours (goal 100 or less)', ours.megabytes, 'MB'],
    ['text (goal 200 or more)', text.bytes / 1e6 / text.cpu, 'MB/s'],
    ['text2pcap | tshark / ours (goal 25 or more)', pipeline.cpu / text.cpu, 'x'],
  ];
  console.log('');
  for (const [name, value, unit] of goals) console.log(`${name.padEnd(48)} ${value.toFixed(1)} ${unit}`);
}

try {
  execFileSync(process.execPath, ['esbuild.config.mjs'], { stdio: 'ignore' });
  const truths = prepare();
  const all = sides(truths);
  console.log(
    `${truths.many.packets} packets, ${truths.many.bytes} bytes, ${truths.many.lines.length} with the option\n`,
  );
  report(all, measure(all));
} finally {
  rmSync(directory, { recursive: true });
}
