import { domainToASCII, domainToUnicode } from 'node:url'
import { parse } from 'tldts'
import { tidy, TEXT_LIMIT } from './tidy.ts'
import { accepted, note, refused, type Context, type Validation } from './validation.ts'

export interface EmailParts {
  /** The domain in its ASCII form. */
  readonly domain: string
}

const LONGEST = 254
const LONGEST_LOCAL = 64
/** What may stand before the @ in practice; quoted and non-Latin names reach no form of the authorities. */
const LOCAL = /^[A-Za-z0-9_%+'&=~#-]+(?:\.[A-Za-z0-9_%+'&=~#-]+)*$/
const AROUND_AT = /([^\s@,;:<>()[\]"，；、：（）《》“”\p{Script=Han}]{1,320})\s?@\s?([\p{L}\p{N}.。-]{1,320})/gu

/** An e-mail address as mail providers hand them out; the domain may be an international one. */
export function email(text: string, context: Context): Validation<EmailParts> {
  const plain = tidy(text)?.replace(/[。｡]/g, '.')
  if (plain === undefined) return refused('too-long', { limit: String(TEXT_LIMIT) })
  const found = new Map([...plain.matchAll(AROUND_AT)].map((match) => readAddress(match[1] ?? '', match[2] ?? '')))
  if (found.size > 1) return refused('several')
  const [first] = found
  if (!first) return plain.includes('@') ? refused('email.local') : refused('email.missing')
  const [value, { local, domain }] = first
  if (!LOCAL.test(local) || local.length > LONGEST_LOCAL) return refused('email.local')
  if (domain === undefined) return refused('email.domain')
  if (value.length > LONGEST) return refused('email.too-long', { limit: String(LONGEST) })
  if (context.differentFrom?.includes(value)) return refused('email.same')
  const likely = likelyDomain(domain, context.book.email.providers)
  const notes = [likely === undefined ? undefined : note('email.typo', { suggestion: `${local}@${likely}` })]
  return accepted(value, { domain }, notes, `${local}@${domainToUnicode(domain)}`)
}

type Address = readonly [value: string, parts: { local: string; domain: string | undefined }]

/** A Chinese sentence may go on right after the domain: then the part in Latin letters is the domain. */
function readAddress(typed: string, host: string): Address {
  const local = typed.replace(/^['-]+/, '')
  const latin = /^[A-Za-z0-9.-]*/.exec(host)?.[0] ?? ''
  const domain = [host, latin].map(publicDomain).find((candidate) => candidate !== undefined)
  return [`${local}@${domain ?? host}`, { local, domain }]
}

/** The host in ASCII if a mail domain can have that name. */
function publicDomain(host: string): string | undefined {
  const ascii = domainToASCII(host.replace(/\.+$/, '').toLowerCase())
  const { isIcann, domain } = parse(ascii)
  const labels = ascii.split('.')
  const fine = labels.every((label) => /^(?!-)[a-z0-9-]{1,63}(?<!-)$/.test(label))
  return isIcann === true && domain !== null && fine && ascii.length <= 253 ? ascii : undefined
}

/** The well-known provider one slip away from what was typed, unless that is itself a well-known one. */
function likelyDomain(domain: string, providers: readonly string[]): string | undefined {
  if (providers.includes(domain)) return undefined
  return providers.find((provider) => provider.length >= 6 && oneSlip(domain, provider))
}

/** One character more, less or different, or two neighbours swapped. */
function oneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  const restA = a.slice(start)
  const restB = b.slice(start)
  if (restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1)) return true
  return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2)
}
