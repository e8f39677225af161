import ipaddr from 'ipaddr.js'

/** The part of IPv6 that is given out to the public. */
const PUBLIC_IPV6: readonly [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3]

/**
 * Whether an IP address is one of the public internet: not of this machine, of a private or a provider's network, of a
 * link (where clouds keep their secrets), of a group, reserved, or an IPv4 address in the dress of IPv6. A text that is no
 * IP address is not public.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false
  const address = ipaddr.process(text)
  if (address.range() !== 'unicast') return false
  return !(address instanceof ipaddr.IPv6) || address.match(PUBLIC_IPV6[0], PUBLIC_IPV6[1])
}

/** The IP address that the host of a URL is, as the URL parser writes it; null for a name. */
export function addressOfHost(hostname: string): string | null {
  const host = hostname.replace(/^\[|\]$/g, '')
  return ipaddr.isValid(host) ? host : null
}
