/**
 * An address that may stand in a link: of this site, or http(s). Anything else (`javascript:`, `data:`) gives nothing.
 *
 * @example safeHref('javascript:alert(1)') === undefined
 */
export function safeHref(address: string, base: string = window.location.origin): string | undefined {
  if (!URL.canParse(address, base)) return undefined;
  const { protocol, href } = new URL(address, base);
  return protocol === 'https:' || protocol === 'http:' ? href : undefined;
}
