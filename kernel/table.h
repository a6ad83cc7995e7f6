/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which client is behind which socket: a hash table by the socket's address,
 * without a lock, without RCU, and in the usual case without an allocation.
 *
 * - The table is an array of entries; further ones hang on each as a list. Once
 *   in a list an entry stays until unload: free is one whose @sk is NULL. So
 *   the lists only grow, to what the busiest moment needed, and whoever walks
 *   one walks valid memory.
 * - An entry is claimed by cmpxchg(), from any number of CPUs, and filled by
 *   who claimed it.
 * - It is freed by one store, from tcp_destroy_sock, which runs once for a
 *   socket.
 * - It is read by getname(), on a file that holds the socket: after it was
 *   filled, since the socket went through the accept queue and its lock in
 *   between, and before it is freed, since a connection is destroyed only after
 *   its file is closed. Of foreign entries a reader looks at @sk and @next only.
 *
 * @sk is a key to compare. It is never followed.
 */
#ifndef TOA_TABLE_H
#define TOA_TABLE_H

/* The beginning of a struct sockaddr_in, compared and stored at once. */
union toa_ipv4_name {
	u64 whole;
	struct {
		u16 family;
		__be16 port;
		__be32 addr;
	};
};

/* A cache line each, so that a look costs one miss. */
#define TOA_ENTRY_BITS		6

struct toa_entry {
	const struct sock *sk;
	struct toa_entry *next;
	/*
	 * The peer as the kernel names it on an IPv4 socket, and what we say
	 * instead. An IPv6 client has no such name: then the proxy's family is
	 * 0, and of the client's name only the port is of use. Of an IPv6 proxy
	 * the address is its last four bytes: enough to tell a socket that was
	 * connected anew.
	 */
	union toa_ipv4_name proxy;
	union toa_ipv4_name client;
	/* what we say on an IPv6 socket */
	struct in6_addr ipv6_client;
} __aligned(1 << TOA_ENTRY_BITS);

/* 2^12 entries take 256 KB, 2^18 take 16 MB; in between, 1/1024 of memory. */
#define TOA_TABLE_MIN_BITS	12
#define TOA_TABLE_MAX_BITS	18

static struct toa_entry *toa_table;
static u32 toa_table_entries;
/* selects a multiple of an entry's size within the table */
static u32 toa_table_offsets;
static struct kmem_cache *toa_more_entries;

/* Without the multiplication and the shift of an index: it runs for each socket. */
static inline struct toa_entry *toa_first_entry(const struct sock *sk)
{
	u32 hash = hash_32((u32)(unsigned long)sk,
			   TOA_TABLE_MAX_BITS + TOA_ENTRY_BITS);

	return (void *)toa_table + (hash & toa_table_offsets);
}

static unsigned int toa_table_bits(void)
{
	unsigned int bits = TOA_TABLE_MIN_BITS;
	struct sysinfo info;
	u64 memory;

	si_meminfo(&info);
	memory = (u64)info.totalram * info.mem_unit;
	while (bits < TOA_TABLE_MAX_BITS &&
	       1ULL << (bits + 1 + TOA_ENTRY_BITS) <= memory >> 10)
		bits++;
	return bits;
}

static int toa_table_create(void)
{
	unsigned int bits = toa_table_bits();

	toa_more_entries = kmem_cache_create("toa_entry",
					     sizeof(struct toa_entry), 0,
					     SLAB_HWCACHE_ALIGN, NULL);
	if (!toa_more_entries)
		return -ENOMEM;
	toa_table = vzalloc(sizeof(*toa_table) << bits);
	if (!toa_table) {
		kmem_cache_destroy(toa_more_entries);
		return -ENOMEM;
	}
	toa_table_entries = 1U << bits;
	toa_table_offsets = (toa_table_entries - 1) << TOA_ENTRY_BITS;
	return 0;
}

/* Nobody else may be able to reach the table any more. */
static void toa_table_destroy(void)
{
	struct toa_entry *entry, *next;
	u32 i;

	for (i = 0; i < toa_table_entries; i++)
		for (entry = toa_table[i].next; entry; entry = next) {
			next = entry->next;
			kmem_cache_free(toa_more_entries, entry);
		}
	kmem_cache_destroy(toa_more_entries);
	vfree(toa_table);
}

/* Hangs a new entry on a full list, behind its first. */
static struct toa_entry *toa_add_entry(struct toa_entry *first,
				       const struct sock *sk)
{
	struct toa_entry *entry, *next;

	entry = kmem_cache_alloc(toa_more_entries, GFP_ATOMIC | __GFP_NOWARN);
	if (!entry)
		return NULL;
	entry->sk = sk;
	do {
		next = READ_ONCE(first->next);
		entry->next = next;
	} while (cmpxchg(&first->next, next, entry) != next);
	return entry;
}

static inline bool toa_claim(struct toa_entry *entry, const struct sock *sk)
{
	return !cmpxchg(&entry->sk, NULL, sk);
}

/* An entry for a socket that has none; NULL: no memory. */
static struct toa_entry *toa_claim_entry(const struct sock *sk)
{
	struct toa_entry *first = toa_first_entry(sk), *entry = first;

	do {
		if (!READ_ONCE(entry->sk) && toa_claim(entry, sk))
			return entry;
		entry = READ_ONCE(entry->next);
	} while (unlikely(entry));
	return toa_add_entry(first, sk);
}

static __always_inline bool toa_find_entry(const struct sock *sk,
					   struct toa_entry **found)
{
	struct toa_entry *entry = toa_first_entry(sk);

	/* Another CPU changes other sockets' entries only, so any read will do. */
	while (unlikely(data_race(entry->sk != sk))) {
		entry = READ_ONCE(entry->next);
		if (likely(!entry))
			return false;
	}
	*found = entry;
	return true;
}

static inline void toa_free_entry(struct toa_entry *entry)
{
	/* all that we did with it comes before what its next owner does */
	smp_store_release(&entry->sk, NULL);
}

#endif
