import type { Host } from './host.ts'
import { readHost } from './host.ts'
import { hostsInText } from './hosts-in-text.ts'
import { tidy, TEXT_LIMIT } from './tidy.ts'
import { accepted, note, refused, type Context, type Note, type Validation } from './validation.ts'

export interface DomainParts {
  /** The host as typed, in ASCII: the domain itself or a name below it. */
  readonly host: string
  readonly suffix: string
  /** The domain in its own script. */
  readonly unicode: string
}

/** The domain to be filed: what one registers, not a name below it (fact domain.subdomain). In ASCII, lower case. */
export function domain(text: string, context: Context): Validation<DomainParts> {
  const plain = tidy(text)
  if (plain === undefined) return refused('too-long', { limit: String(TEXT_LIMIT) })
  if (/[^\s@/]@[^\s@/]+\.[^\s@]/u.test(plain) && !plain.includes('://')) return refused('domain.is-email')
  const readings = hostsInText(plain, context.book.words.domain)
  const mixed = readings.find((reading) => reading.hosts.length > 1)
  if (mixed && mixed.hosts.length > 2) return refused('several')
  if (mixed) return refused('domain.mixed', { one: mixed.hosts[0]?.unicode ?? '', other: mixed.hosts[1]?.unicode ?? '' })
  const hosts = new Map(readings.flatMap((reading) => reading.hosts.map((host) => [host.domain, host] as const)))
  if (hosts.size > 1) return refused('several')
  const [host] = hosts.values()
  if (host) return acceptedHost(host, readings.some((reading) => reading.cut), context)
  const problem = readings.find((reading) => reading.problem)?.problem
  return problem ?? withoutDot(plain)
}

/** A single word may be a name without its suffix; anything else names no domain. */
function withoutDot(plain: string): Validation<DomainParts> {
  const word = /^(?:https?:\/\/)?([a-z0-9-]+)(?::\d+)?(?:\/.*)?$/i.exec(plain)?.[1]
  const problem = word === undefined ? undefined : readHost(word)
  return problem?.ok === false ? problem : refused('domain.missing')
}

function acceptedHost(found: Host, cut: boolean, context: Context): Validation<DomainParts> {
  const { domains } = context.book
  const { domain: value, unicode, host, suffix } = found
  const below = host !== value && host !== `www.${value}`
  const last = suffix.split('.').at(-1) ?? suffix
  const approved = domains.approved.includes(last)
  const reserved = domains.reserved.find((entry) => entry.suffix === suffix)
  const kind = context.entityKind
  const notes: readonly (Note | undefined)[] = [
    below ? note('domain.subdomain', { host, domain: unicode }) : undefined,
    !below && (cut || host !== value) ? note('domain.cut', { domain: unicode }) : undefined,
    !approved && /^[a-z]{2}$/.test(last) ? note('domain.suffix-country', { suffix: last }) : undefined,
    !approved && !/^[a-z]{2}$/.test(last) ? note('domain.suffix-look-up', { suffix: unicode.split('.').at(-1) ?? '' }) : undefined,
    reserved && kind !== undefined && !reserved.kinds.includes(kind) ? note('domain.gov', { suffix }) : undefined,
    unicode.split('.').some(mixesScripts) ? note('domain.lookalike', { domain: unicode }) : undefined,
  ]
  return accepted(value, { host, suffix, unicode }, notes, unicode)
}

/** Latin letters beside Cyrillic or Greek ones that look the same. */
function mixesScripts(label: string): boolean {
  return /\p{Script=Latin}/u.test(label) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(label)
}
