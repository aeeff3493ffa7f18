import { readHost, type Host } from './host.ts'
import type { Invalid } from './validation.ts'

/** What a piece of text may name: one host, or two readings nobody can choose between. */
export interface HostReading {
  readonly hosts: readonly Host[]
  readonly problem: Invalid | undefined
  /** A scheme, port, user or path was left out. */
  readonly cut: boolean
}

const BETWEEN = /[\s,;，；、"'“”‘’《》<>()（）[\]【】|!！]+/u

/**
 * Reads the host names in a tidied text. Chinese is written without spaces, and a Chinese word may itself be part of
 * an international domain: so a known lead-in ends where the domain begins, and otherwise both readings count.
 */
export function hostsInText(plain: string, leadIns: readonly string[]): readonly HostReading[] {
  return plain
    .replace(/[。｡]/g, '.')
    .split(BETWEEN)
    .map((piece) => afterLeadIn(piece, leadIns).replace(/^[.:：~]+/u, ''))
    .filter((piece) => piece.includes('.'))
    .map(readPiece)
}

function readPiece(piece: string): HostReading {
  const { host, cut } = bareHost(piece)
  const whole = readHost(host)
  if (/^[\x21-\x7e]+$/.test(host)) return reading([whole], cut)
  const latin = latinRuns(host).map(readHost)
  const hosts = [whole, ...latin].filter((candidate) => candidate.ok)
  return hosts.length > 0 ? reading(hosts, cut) : reading([latin[0] ?? whole], cut)
}

function reading(results: readonly (Host | Invalid)[], cut: boolean): HostReading {
  const hosts = new Map(results.flatMap((result) => (result.ok ? [[result.domain, result] as const] : [])))
  return { hosts: [...hosts.values()], problem: results.find((result) => !result.ok), cut }
}

/** Runs of Latin letters that only Chinese characters surround; a look-alike letter of another script is no border. */
function latinRuns(host: string): readonly string[] {
  const border = /^[\p{Script=Han}.]?$/u
  return [...host.matchAll(/[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/g)]
    .filter(({ 0: run, index }) => border.test(host.charAt(index - 1)) && border.test(host.charAt(index + run.length)))
    .map(([run]) => run)
}

/** What follows the last lead-in. */
function afterLeadIn(piece: string, leadIns: readonly string[]): string {
  const ends = leadIns.map((word) => piece.lastIndexOf(word) + (piece.includes(word) ? word.length : 1))
  const rest = piece.slice(Math.max(0, ...ends))
  return rest.replace(/^[\p{Script=Han}A-Za-z]+:(?![/\d])/u, (label) => (rest.includes('@') ? label : ''))
}

/** Without scheme, user, port and path. */
function bareHost(piece: string): { host: string; cut: boolean } {
  const afterScheme = piece.replace(/^.*?[A-Za-z][A-Za-z0-9+.-]*:\/\//u, '')
  const host = afterScheme
    .replace(/[/?#\\].*$/u, '')
    .replace(/^[^@]*@/u, '')
    .replace(/:\d*$/u, '')
  return { host, cut: afterScheme !== piece || host !== afterScheme }
}
