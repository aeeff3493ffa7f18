import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { PageProblem, PageRead, ReadPage } from '../../bot/turn/following/page.ts'
import { readBody } from './read-body.ts'
import { readContent } from './content.ts'
import { requestPage } from './request-page.ts'
import { readTarget, type Target } from './target.ts'

export interface PageReaderOptions {
  /** Whether an address may be connected to: `publicAddresses` of the special ranges; tests allow loopback. */
  readonly isAllowed: (address: string) => boolean
  readonly ports?: readonly number[]
  readonly resolve?: (host: string) => Promise<readonly string[]>
  /** For everything together: name, redirects, connection, body. */
  readonly timeLimitMs?: number
  readonly sizeLimit?: number
}

const REDIRECTS = 5
const TIME_LIMIT_MS = 10_000
const SIZE_LIMIT = 1_048_576

/**
 * Reads a page of the public internet for somebody who names its address, without becoming their way inside:
 * every address on the way, redirects too, is resolved once, checked, and connected to as checked; size and time
 * are limited. Never rejects.
 */
export function createPageReader(options: PageReaderOptions): ReadPage {
  const { timeLimitMs = TIME_LIMIT_MS } = options
  return async (address) => {
    const ending = new AbortController()
    const end = setTimeout(() => ending.abort(), timeLimitMs)
    try {
      return await Promise.race([follow(address, options, ending.signal), aborted(ending.signal)])
    } catch (error) {
      return failed(ending.signal.aborted ? 'too-slow' : problemOf(error))
    } finally {
      clearTimeout(end)
      // Whatever is still open goes with its request.
      ending.abort()
    }
  }
}

async function follow(typed: string, options: PageReaderOptions, signal: AbortSignal): Promise<PageRead> {
  let target = readTarget(typed)
  for (let hop = 0; hop <= REDIRECTS; hop += 1) {
    if (!target) return failed(hop === 0 ? 'address-invalid' : 'address-refused')
    const address = await allowedAddress(target, options)
    if (typeof address !== 'string') return address
    signal.throwIfAborted()
    const response = await requestPage(target, address, signal)
    const { statusCode = 0, headers } = response
    if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
      response.destroy()
      target = readTarget(headers.location, target.url)
      continue
    }
    if (statusCode !== 200) {
      response.destroy()
      return { ...failed('status'), status: statusCode }
    }
    if (!/^(text\/html|application\/xhtml\+xml)\s*(;|$)/i.test(headers['content-type'] ?? '')) {
      response.destroy()
      return failed('not-html')
    }
    const body = await readBody(response, options.sizeLimit ?? SIZE_LIMIT)
    response.destroy()
    return body.ok ? { ok: true, ...readContent(body.text, target.url.href) } : failed(body.problem)
  }
  return failed('redirects')
}

/** One of several addresses that is not public is enough to refuse: a name of the outside has none. */
async function allowedAddress(
  { host, port }: Target,
  { isAllowed, ports = [80, 443], resolve = resolveName }: PageReaderOptions,
): Promise<string | PageRead> {
  if (!ports.includes(port)) return failed('address-refused')
  const addresses = isIP(host) === 0 ? await resolve(host) : [host]
  const [first] = addresses
  if (first === undefined) return failed('not-found')
  return addresses.every(isAllowed) ? first : failed('address-refused')
}

async function resolveName(host: string): Promise<readonly string[]> {
  const found = await lookup(host, { all: true, order: 'ipv4first' })
  return found.map(({ address }) => address)
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new DOMException('too slow', 'AbortError')), { once: true })
  })
}

function failed(problem: PageProblem): Extract<PageRead, { ok: false }> {
  return { ok: false, problem }
}

function problemOf(error: unknown): PageProblem {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  if (/^(ENOTFOUND|ENODATA|EAI_|ESERVFAIL)/.test(code)) return 'not-found'
  if (/CERT|SELF_SIGNED|UNABLE_TO|ALTNAME/.test(code)) return 'certificate'
  if (/^HPE_/.test(code)) return 'unreadable'
  return 'not-reached'
}
