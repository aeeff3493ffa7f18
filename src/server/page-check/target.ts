import { isIP } from 'node:net'

/** A page to fetch, checked as far as its address says. */
export interface Target {
  readonly url: URL
  /** Without the brackets of an IPv6 address. */
  readonly host: string
  readonly port: number
}

const LONGEST = 2_000

/**
 * Reads an address as people type it: `example.cn` counts as `https://example.cn/`. Undefined for anything but a
 * web address without user name; what it points to is checked elsewhere.
 */
export function readTarget(typed: string, base?: URL): Target | undefined {
  const text = typed.trim()
  if (text === '' || text.length > LONGEST) return undefined
  const full = base || /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(text) ? text : `https://${text}`
  if (!URL.canParse(full, base?.href)) return undefined
  const url = new URL(full, base)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined
  if (url.username !== '' || url.password !== '') return undefined
  const host = url.hostname.replace(/^\[|\]$/g, '')
  // A host without a dot is one of the local network.
  if (isIP(host) === 0 && !/^[^.]+(\.[^.]+)+\.?$/.test(host)) return undefined
  url.hash = ''
  return { url, host, port: Number(url.port || (url.protocol === 'https:' ? 443 : 80)) }
}
