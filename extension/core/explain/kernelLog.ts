/** Seconds before the last line about a module that still belong to the same load. */
const SAME_LOAD = 2;

/** What the kernel says of a load without the module's name. */
const ABOUT_LOADING =
  /Lockdown: |Kernel is locked down|avc:.*(?:insmod|modprobe)|vmap allocation|unsigned module|module with unavailable key|failed to validate module|Invalid ELF header|duplicate symbol|invalid module/;

/**
 * The lines of the kernel's log about the last load of a module, oldest first: those that name it, or say why a load is refused, within two
 * seconds before the last of them. `module`: a name, or the file that insmod was given.
 */
export function linesOfLoad(log: string, module: string): readonly string[] {
  const name = moduleName(module);
  const about = log.split('\n').filter((line) => names(line, name) || ABOUT_LOADING.test(line));
  const last = about.findLast((line) => names(line, name)) ?? about.at(-1);
  if (last === undefined) return [];
  const end = secondsOf(last);
  return about.filter((line) => {
    const time = secondsOf(line);
    return time === undefined || end === undefined || Math.abs(end - time) <= SAME_LOAD;
  });
}

/** `toa` of `./toa.ko`, as the kernel writes it: with underscores. */
export function moduleName(file: string): string {
  return (file.split('/').at(-1) ?? file).replace(/\.ko.*$/, '').replaceAll('-', '_');
}

/** The line is about this module: it begins with its name, or has it in brackets or quotes. */
function names(line: string, module: string): boolean {
  const text = line.replace(/^(?:<\d+>)?\[ *[\d.]+\] ?/, '');
  return (
    module !== '' && (text.startsWith(`${module}: `) || text.includes(`[${module}]`) || text.includes(`'${module}'`))
  );
}

/** Seconds since the boot, as dmesg writes them; `undefined` for a line without. */
function secondsOf(line: string): number | undefined {
  const seconds = /^(?:<\d+>)?\[ *(\d{1,10}\.\d{1,9})\]/.exec(line)?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}
