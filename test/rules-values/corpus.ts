import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import {
  creditCodeCheck,
  identityNumberCheck,
  organisationCodeCheck,
} from '../../src/rules/values/check-digits.ts'

/** One line of a corpus: a text, what else is known, and what the check has to make of it. */
export interface Sample {
  readonly place: string
  readonly text: string
  readonly context: Readonly<Record<string, string | readonly string[]>>
  /** The canonical value, or a problem. */
  readonly value: string | undefined
  readonly problem: string | undefined
  readonly notes: readonly string[]
  readonly suggestion: string | undefined
}

const FOLDER = join(import.meta.dirname, 'corpora')

/**
 * Reads `corpora/<check>.txt`. Lines: `text => value [note, note]`, `text => !problem (suggestion)`, and
 * `@ {json}` for the context of what follows. Numbers are never anybody's: <id 17 digits>, <cc 17 characters> and
 * <cci 16 characters> stand for made-up parts with their check characters; \uXXXX for an odd character, \n for a new line.
 */
export function corpora(): readonly { readonly kind: string; readonly samples: readonly Sample[] }[] {
  return readdirSync(FOLDER)
    .sort()
    .map((file) => ({ kind: basename(file, '.txt'), samples: samplesIn(file) }))
}

function samplesIn(file: string): readonly Sample[] {
  let context: Sample['context'] = {}
  return readFileSync(join(FOLDER, file), 'utf8')
    .split('\n')
    .flatMap((line, index) => {
      if (line.startsWith('@ ')) context = JSON.parse(line.slice(2)) as Sample['context']
      if (line === '' || line.startsWith('# ') || line.startsWith('@ ')) return []
      return [sample(line, `${file}:${index + 1}`, context)]
    })
}

function sample(line: string, place: string, context: Sample['context']): Sample {
  const at = line.lastIndexOf(' => ')
  const expected = line.slice(at + 4)
  const notes = / \[([^\]]*)\]$/.exec(expected)?.[1]?.split(', ') ?? []
  const suggestion = / \(([^)]*)\)$/.exec(expected)?.[1]
  const result = expected.replace(/ \[[^\]]*\]$/, '')
  const problem = result.startsWith('!') ? result.slice(1).replace(/ \(.*$/, '') : undefined
  return {
    place,
    text: unfold(line.slice(0, at)),
    context,
    value: problem === undefined ? unfold(result) : undefined,
    problem,
    notes,
    suggestion: problem !== undefined && suggestion !== undefined ? unfold(suggestion) : undefined,
  }
}

export function unfold(text: string): string {
  return text
    .replace(/\\n/g, '\n')
    .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/<id (\d{17})>/g, (_, body: string) => idNumber(body))
    .replace(/<cc (\w{17})>/g, (_, body: string) => body + (creditCodeCheck(body) ?? '?'))
    .replace(/<cci (\w{16})>/g, (_, body: string) => creditCodeOf(body))
}

/** A well-formed identity number from made-up parts. */
export function idNumber(seventeen: string): string {
  return seventeen + (identityNumberCheck(seventeen) ?? '?')
}

/** A credit code whose inner check fits as well. */
export function creditCodeOf(sixteen: string): string {
  const body = sixteen + (organisationCodeCheck(sixteen.slice(8)) ?? '?')
  return body + (creditCodeCheck(body) ?? '?')
}
