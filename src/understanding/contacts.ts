import { findPhoneNumbersInText } from 'libphonenumber-js'
import { parse } from 'tldts'
import { CAP } from './numbers.ts'
import { recognisers } from './recognisers.ts'

export interface Found {
  /** In its standard form: E.164, a host name in lower case, an address. */
  readonly value: string
  /** As typed. */
  readonly said: string
}

export interface HostFound extends Found {
  /** The registrable domain, which is what is filed: `example.com` for `www.example.com`. */
  readonly domain: string
}

/**
 * The one telephone number a text names, or undefined for none or several. Not by the recogniser: it takes every run
 * of 11 to 17 digits for one. Numbers without a country code are read as mainland ones.
 */
export function readPhone(text: string): Found | undefined {
  const said = text.slice(0, CAP)
  const even = said.replace(/[\uff10-\uff19]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
  const [only, ...others] = findPhoneNumbersInText(even, 'CN').filter(({ number }) => number.isValid())
  if (!only || others.length > 0) return undefined
  return { value: only.number.number, said: said.slice(only.startsAt, only.endsAt) }
}

/** The one host a text names, as address or alone, without the mark that ends its sentence; Chinese names only when alone. */
export function readHost(text: string): HostFound | undefined {
  const said = text.slice(0, CAP)
  const found = [...said.matchAll(/(?:https?:\/\/)?[\p{L}\p{N}-]+(?:[.。．][\p{L}\p{N}-]+)+/giu)].flatMap(
    (match) => {
      // What stands before or behind an "@" is an e-mail address.
      if (said[match.index - 1] === '@' || said[match.index + match[0].length] === '@') return []
      // Without spaces nobody can tell where a Chinese sentence ends and a Chinese name begins.
      if (/\p{Script=Han}/u.test(match[0]) && match[0] !== said.trim()) return []
      const { hostname, domain, isIcann } = parse(match[0].replace(/[。．]/gu, '.'))
      return hostname && domain && isIcann ? [{ value: hostname, domain, said: match[0] }] : []
    },
  )
  const [only, ...others] = found
  return only && others.every(({ value }) => value === only.value) ? only : undefined
}

/** The one IP address a text names. */
export function readIp(text: string): Found | undefined {
  const said = text.slice(0, CAP)
  const { Culture, recognizeIpAddress } = recognisers()
  const [only, ...others] = recognizeIpAddress(said, Culture.English)
  if (!only || others.length > 0) return undefined
  const found = said.slice(only.start, only.end + 1)
  return { value: found.toLowerCase(), said: found }
}
