/* SPDX-License-Identifier: GPL-2.0 */
/* /proc/net/toa_stats: what is counted, by CPU. */
#ifndef TOA_COUNTERS_H
#define TOA_COUNTERS_H

/* The first six names are those of the widespread modules. */
enum toa_counter {
	TOA_SYN_RECV_SOCK_TOA,
	TOA_SYN_RECV_SOCK_NO_TOA,
	TOA_GETNAME_TOA_OK,
	TOA_GETNAME_TOA_MISMATCH,
	TOA_GETNAME_TOA_BYPASS,
	TOA_GETNAME_TOA_EMPTY,
	TOA_GETNAME_OTHER,
	TOA_SYN_RECV_SOCK_MALFORMED,
	TOA_SYN_RECV_SOCK_UNTRUSTED,
	TOA_SYN_RECV_SOCK_NO_MEMORY,
	TOA_FORGOTTEN,
	TOA_COUNTERS
};

static const char * const toa_counter_names[TOA_COUNTERS] = {
	[TOA_SYN_RECV_SOCK_TOA]		= "syn_recv_sock_toa",
	[TOA_SYN_RECV_SOCK_NO_TOA]	= "syn_recv_sock_no_toa",
	[TOA_GETNAME_TOA_OK]		= "getname_toa_ok",
	/* an address of an earlier connection of the same socket */
	[TOA_GETNAME_TOA_MISMATCH]	= "getname_toa_mismatch",
	/* an IPv6 client, and a socket that can name IPv4 peers only */
	[TOA_GETNAME_TOA_BYPASS]	= "getname_toa_bypass",
	[TOA_GETNAME_TOA_EMPTY]		= "getname_toa_empty",
	/* a socket's own address; or it has an address of a client, and no peer */
	[TOA_GETNAME_OTHER]		= "getname_other",
	[TOA_SYN_RECV_SOCK_MALFORMED]	= "syn_recv_sock_malformed",
	/* an option in a segment that none of the trusted networks sent */
	[TOA_SYN_RECV_SOCK_UNTRUSTED]	= "syn_recv_sock_untrusted",
	[TOA_SYN_RECV_SOCK_NO_MEMORY]	= "syn_recv_sock_no_memory",
	[TOA_FORGOTTEN]			= "forgotten",
};

struct toa_counters {
	unsigned long count[TOA_COUNTERS];
};

static DEFINE_PER_CPU(struct toa_counters, toa_counters);

static void toa_count(enum toa_counter counter)
{
	this_cpu_inc(toa_counters.count[counter]);
}

static int toa_show_stats(struct seq_file *seq, void *unused)
{
	int counter, cpu;

	seq_printf(seq, "%-25s", "");
	for_each_possible_cpu(cpu)
		seq_printf(seq, "     CPU%-4d", cpu);
	seq_putc(seq, '\n');

	for (counter = 0; counter < TOA_COUNTERS; counter++) {
		seq_printf(seq, "%-25s:", toa_counter_names[counter]);
		for_each_possible_cpu(cpu)
			seq_printf(seq, " %10lu ",
				   per_cpu(toa_counters, cpu).count[counter]);
		seq_putc(seq, '\n');
	}
	return 0;
}

#endif
