import { expect } from 'vitest'
import { AppError, type ErrorCode } from '../../src/errors.ts'
import type { Documents, Json, LogEntry, NewEntry, PutResult } from '../../src/store/port.ts'

/** The AppError a call fails with; fails the test when it does not, or fails differently. */
export async function failure(code: ErrorCode, call: () => Promise<unknown>): Promise<AppError> {
  let outcome: unknown
  try {
    outcome = await call()
  } catch (error) {
    outcome = error
  }
  expect(outcome).toBeInstanceOf(AppError)
  if (!(outcome instanceof AppError)) throw new Error('unreachable')
  expect(outcome.code).toBe(code)
  expect(outcome.message).not.toBe('')
  expect(outcome.remedy).not.toBe('')
  return outcome
}

/** The versions of a put that must succeed. */
export function versionsOf(result: PutResult): readonly number[] {
  if (!result.ok) throw new Error(`put met conflicts: ${result.conflicts.join(', ')}`)
  return result.versions
}

/** Writes one document and returns its version. */
export async function putOne(
  documents: Documents,
  key: string,
  expected: number,
  value: Json | undefined,
): Promise<number> {
  const [version] = versionsOf(await documents.put([{ key, expected, value }]))
  return version!
}

/** Adds one to a counter document by compare-and-set until it takes. */
export async function increment(documents: Documents, key: string): Promise<void> {
  for (;;) {
    const found = await documents.get(key)
    const value = typeof found?.value === 'number' ? found.value + 1 : 1
    const result = await documents.put([{ key, expected: found?.version ?? 0, value }])
    if (result.ok) return
  }
}

/** Entries with ids and values made from numbers `from` to `to`. */
export function numbered(from: number, to: number): NewEntry[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({
    id: `id-${from + index}`,
    value: from + index,
  }))
}

/** The first `count` entries of a tail. */
export async function take(tail: AsyncIterable<LogEntry>, count: number): Promise<LogEntry[]> {
  const taken: LogEntry[] = []
  if (count === 0) return taken
  for await (const entry of tail) {
    taken.push(entry)
    if (taken.length === count) break
  }
  return taken
}

export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

/** Names that break stores which use plain objects, separators, patterns or C strings. */
export const ODD_NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  ' ',
  ' leading and trailing ',
  '\u0000',
  'a\u0000',
  'a\u0000b',
  'a',
  'A',
  'a\n1',
  '\r\n\t\u0001\u001b\u007f',
  'a:b',
  'a/b',
  '../a',
  '{a}',
  '{a}b',
  '*',
  'a*',
  '[a]',
  '备案号',
  '備案號',
  'é',
  'e\u0301',
  '😀',
  '\ufeff',
  '\uffff',
  '\u{10ffff}',
  '0',
  '00',
  '-1',
  'null',
  'undefined',
  'x'.repeat(512),
  '备'.repeat(170),
]
