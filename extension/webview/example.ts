/** A handshake of a client at 203.0.113.7 through a balancer that writes kind 254, as tcpdump -x prints it. */
export const EXAMPLE = `10:21:43.120871 IP 100.97.12.40.40112 > 10.0.3.20.443: Flags [.], ack 1, win 29200, options [exp-c76c,nop,nop,TS val 1 ecr 2], length 0
\t0x0000:  4500 003c 1234 4000 3d06 adeb 6461 0c28
\t0x0010:  0a00 0314 9cb0 01bb c5b2 5105 296e e795
\t0x0020:  a010 7210 9f5f 0000 fe08 c76c cb00 7107
\t0x0030:  0101 080a 0000 0001 0000 0002
`;
