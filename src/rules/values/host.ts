import { isIP } from 'node:net'
import { domainToASCII, domainToUnicode } from 'node:url'
import { parse } from 'tldts'
import { refused, type Invalid } from './validation.ts'

/** A host name with the domain one registers: `domain` in ASCII, as registries keep it. */
export interface Host {
  readonly ok: true
  readonly host: string
  readonly domain: string
  /** `domain` in its own script. */
  readonly unicode: string
  readonly suffix: string
}

const LONGEST = 253
const LONGEST_LABEL = 63

/** Reads a host name by the public suffix list; hosts that no filing can be for are refused with their cause. */
export function readHost(typed: string): Host | Invalid {
  const host = typed.toLowerCase().replace(/\.+$/, '')
  if (isIP(host) !== 0 || /^\d+(\.\d+)+$/.test(host)) return refused('domain.is-ip', { typed: cut(host) })
  if (!host.includes('.')) return refused('domain.single-label', { typed: cut(host) })
  const labels = host.split('.')
  if (labels.some((label) => label === '' || label.startsWith('-') || label.endsWith('-') || !/^[\p{L}\p{M}\p{N}-]+$/u.test(label)))
    return refused('domain.characters', { typed: cut(host) })
  if (host.length > LONGEST || labels.some((label) => label.length > LONGEST_LABEL)) return tooLong()
  const ascii = domainToASCII(host)
  if (ascii === '' || isIP(ascii) !== 0) return refused('domain.characters', { typed: cut(host) })
  if (ascii.length > LONGEST || ascii.split('.').some((label) => label.length > LONGEST_LABEL)) return tooLong()
  return registered(ascii)
}

function registered(ascii: string): Host | Invalid {
  const { domain, publicSuffix, isIcann, isPrivate } = parse(ascii, { allowPrivateDomains: true })
  const shown = cut(domainToUnicode(ascii))
  if (publicSuffix === null || (isIcann !== true && isPrivate !== true))
    return refused('domain.suffix-unknown', { typed: shown, suffix: domainToUnicode(publicSuffix ?? '') })
  if (isPrivate === true) return refused('domain.private-suffix', { typed: shown, suffix: publicSuffix })
  if (domain === null) return refused('domain.only-suffix', { suffix: domainToUnicode(publicSuffix) })
  return { ok: true, host: ascii, domain, unicode: domainToUnicode(domain), suffix: publicSuffix }
}

function tooLong(): Invalid {
  return refused('domain.too-long', { limit: String(LONGEST), label: String(LONGEST_LABEL) })
}

/** Messages repeat what was typed only in part. */
function cut(typed: string): string {
  return typed.length > 80 ? `${typed.slice(0, 80)}…` : typed
}
