// The capture in a support bundle: what its options say, and nothing of the packets.
import { describe, expect, it } from 'vitest';
import { captureDigest } from '../../../extension/core/bundle/captureDigest';
import { createRedactor } from '../../../extension/core/bundle/redact';
import { captureOf } from '../../flows/harness/captures';

function digestOf(bytes: Uint8Array, piece: number): string {
  const digest = captureDigest();
  for (let at = 0; at < bytes.length; at += piece) digest.feed(bytes.subarray(at, at + piece));
  return digest.end();
}

describe('the digest of a capture', () => {
  it('has a row for each client, in pieces of any size', () => {
    const bytes = captureOf(20, 2);
    const text = digestOf(bytes, bytes.length);
    expect(text.split('\n').slice(0, 3)).toEqual([
      expect.stringMatching(/^TCP segments: 20, SYN: 0, handshakes completed: 0, clients in options: 2$/),
      expect.stringMatching(/^client=203\.0\.113\.0:40000 count=2 kind=254 form=\S+ in=\S+$/),
      expect.stringMatching(/^client=203\.0\.113\.1:40001 count=2 kind=254 form=\S+ in=\S+$/),
    ]);
    expect(digestOf(bytes, 7)).toBe(text);
  });

  it('tells no address once it is redacted', () => {
    const text = digestOf(captureOf(20, 2), 4096);
    expect(createRedactor({ users: [], hosts: [] }, [text]).redact(text)).not.toContain('203.0.113');
  });

  it('lists no more than 200 clients', () => {
    const text = digestOf(captureOf(1250, 250), 65_536);
    expect(text.split('\n')).toHaveLength(203);
    expect(text).toContain('… and 50 more');
  });
});
