import { BlockList, isIP } from 'node:net';

/** Tells whether an address is in the block, or undefined when `text` is no CIDR block: `10.0.0.0/24`, `2001:db8::/32`. */
export function cidrMatcher(text: string): ((address: string) => boolean) | undefined {
  const [network, length, ...more] = text.split('/');
  const family = isIP(network ?? '');
  if (network === undefined || family === 0 || length === undefined || more.length > 0 || !/^\d{1,3}$/.test(length)) return undefined;
  if (Number(length) > (family === 4 ? 32 : 128)) return undefined;
  const block = new BlockList();
  const kind = family === 4 ? 'ipv4' : 'ipv6';
  block.addSubnet(network, Number(length), kind);
  return (address) => isIP(address) === family && block.check(address, kind);
}
