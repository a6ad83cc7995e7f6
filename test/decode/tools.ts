// The tools whose output people paste, with the flags that change its shape.

export type Command = readonly [string, ...string[]];

const each = (program: Command, flags: readonly string[]): Readonly<Record<string, Command>> =>
  Object.fromEntries(
    flags.map((line) => [[program[0], line].join(' ').trim(), [...program, ...line.split(' ').filter(Boolean)]]),
  );

const script = (program: Command, scripts: Readonly<Record<string, string>>): Readonly<Record<string, Command>> =>
  Object.fromEntries(Object.entries(scripts).map(([name, text]) => [`${program[0]}: ${name}`, [...program, text]]));

const TCPDUMP: Command = ['tcpdump', '-r', 'capture.pcap'];
const TSHARK: Command = ['tshark', '-r', 'capture.pcap'];

/** tcpdump with the bytes of each packet. */
export const tcpdumpBytes = each(TCPDUMP, [
  '-nn -x',
  '-nn -xx',
  '-nn -X',
  '-nn -XX',
  '-x',
  '-nn -t -x',
  '-nn -tt -X',
  '-nn -ttt -x',
  '-nn -tttt -XX',
  '-nn -ttttt -x',
  '-nn -e -v -xx',
  '-nn -e -vvv -tttt -XX',
  '-nn -q -x',
  '-nn -# -XX',
]);

/** tcpdump without: kind 254 keeps its port alone, kind 28 nothing. */
export const tcpdumpWords = each(TCPDUMP, [
  '-nn',
  '',
  '-nn -v',
  '-nn -vvv',
  '-nn -A',
  '-nn -t',
  '-nn -t -e',
  '-nn -tt',
  '-nn -ttt',
  '-nn -tttt',
  '-nn -ttttt',
  '-nn -e -tttt -v',
  '-nn -S -#',
  '-nn -# -v',
]);

const FIELDS = '-T fields -e frame.number';
/** tshark with the bytes of the options. */
export const tsharkBytes = each(TSHARK, [
  '-x',
  '-P -x',
  '-T json',
  '-T json -x',
  '-T json -J tcp',
  '-T json --no-duplicate-keys',
  '-T jsonraw',
  '-T ek',
  '-T ek -x',
  '-T ek -J tcp',
  '-T pdml',
  '-T pdml -J tcp',
  `${FIELDS} -e tcp.options`,
  `${FIELDS} -e frame.time -e ip.src -e tcp.srcport -e tcp.flags.str -e tcp.options`,
  `${FIELDS} -E header=y -e tcp.option_kind -e tcp.option_len -e tcp.options.unknown.payload -e tcp.options`,
  `${FIELDS} -E separator=, -e tcp.options`,
  `${FIELDS} -E separator=; -e tcp.options`,
  `${FIELDS} -E header=y -E separator=, -E quote=d -e ip.src -e tcp.options`,
  '-T fields -e tcp.options',
]);

/** tshark in words: nothing of kind 28. */
export const tsharkWords = each(TSHARK, ['-V', '-V -n', '-O tcp', '-P -V']);

/** Dumps of a file's bytes, and what languages print of them. */
export const dumps: Readonly<Record<string, Command>> = {
  ...each(['xxd', 'capture.pcap'], ['']),
  ...Object.fromEntries(
    [
      'xxd -p',
      'xxd -p -c 16',
      'xxd -i',
      'xxd -g1',
      'xxd -g4',
      'xxd -u',
      'xxd -c 32',
      'xxd -d',
      'hexdump',
      'hexdump -C',
      'hexdump -x',
      'hexdump -v -C',
      'hexdump -b',
      'hexdump -c',
      'hexdump -d',
      'hexdump -o',
      'xxd -b',
      'xxd -e',
      'busybox hexdump -C',
      'busybox od',
      'od -c',
      'od -td1',
      'od -tu1z',
      'od -tu2',
      'od -td4',
      'od -to4',
      'od -tx8',
      'od -tu8',
      'od -An -td1',
      'base32',
      'od',
      'od -b',
      'od -tx1',
      'od -tx2',
      'od -tx4',
      'od -An -tx1',
      'od -A x -t x1',
      'od -A d -t x1z -v',
      'od -tx1 -w8',
      'base64',
      'base64 -w0',
    ].map((line): [string, Command] => {
      const [program = '', ...flags] = line.split(' ');
      return [line, [program, ...flags, 'capture.pcap']];
    }),
  ),
  ...script(['python3', '-c'], {
    repr: "print(open('capture.pcap','rb').read())",
    bytearray: "print(bytearray(open('capture.pcap','rb').read()))",
    pprint: "import pprint; pprint.pprint(open('capture.pcap','rb').read())",
    list: "print(list(open('capture.pcap','rb').read()))",
    hex: "print(open('capture.pcap','rb').read().hex())",
    'hex with spaces': "print(open('capture.pcap','rb').read().hex(' '))",
    'hex with colons': "print(open('capture.pcap','rb').read().hex(':'))",
    base64: "import base64; print(base64.b64encode(open('capture.pcap','rb').read()))",
    'base64 for addresses': "import base64; print(base64.urlsafe_b64encode(open('capture.pcap','rb').read()).decode())",
  }),
  ...script([process.execPath, '-e'], {
    Buffer: "require('buffer').INSPECT_MAX_BYTES = 1e6; console.log(require('fs').readFileSync('capture.pcap'))",
    Uint8Array: "console.dir(Uint8Array.from(require('fs').readFileSync('capture.pcap')), { maxArrayLength: null })",
    JSON: "console.log(JSON.stringify(require('fs').readFileSync('capture.pcap')))",
  }),
};
