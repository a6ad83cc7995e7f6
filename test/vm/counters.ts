/** The number behind a counter's name in /proc/net/toa_stats, over all CPUs. */
export function counter(stats: string, name: string): number {
  const [, numbers = 'NaN'] = new RegExp(`^${name} *:([ 0-9]*)$`, 'm').exec(stats) ?? [];
  return numbers
    .trim()
    .split(/\s+/)
    .reduce((sum, number) => sum + Number(number), 0);
}
