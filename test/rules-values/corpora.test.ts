import { describe, expect, it } from 'vitest'
import { NOTES, PROBLEMS } from '../../src/rules/values/codes.ts'
import { sayFinding } from '../../src/rules/values/messages.ts'
import type { Invalid, Note, Validation } from '../../src/rules/values/validation.ts'
import { VALIDATORS, type ValueKind } from '../../src/rules/values/validators.ts'
import { LANGUAGES } from '../../src/language.ts'
import { corpora, type Sample } from './corpus.ts'
import { context, valueBook } from './support.ts'

const all = corpora()
const isKind = (kind: string): kind is ValueKind => Object.hasOwn(VALIDATORS, kind)

function check(kind: string, sample: Sample): Validation {
  if (!isKind(kind)) throw new Error(`no check is called ${kind}`)
  return VALIDATORS[kind](sample.text, context(sample.context))
}

function refusal(result: Validation): readonly Invalid[] {
  return result.ok ? [] : [result]
}

describe('corpora', () => {
  it('has at least 30 values for every check', () => {
    expect(all.map(({ kind }) => kind)).toEqual(Object.keys(VALIDATORS).sort())
    for (const { kind, samples } of all) expect(samples.length, kind).toBeGreaterThanOrEqual(30)
  })

  it.each(all)('$kind: every value is accepted or refused for its cause', ({ kind, samples }) => {
    const wrong = samples.flatMap((sample) => {
      const result = check(kind, sample)
      const got = result.ok
        ? { value: result.value, notes: result.notes.map((note) => note.code).sort() }
        : { problem: result.problem }
      const wanted =
        sample.problem === undefined
          ? { value: sample.value, notes: [...sample.notes].sort() }
          : { problem: sample.problem }
      return JSON.stringify(got) === JSON.stringify(wanted)
        ? []
        : [{ place: sample.place, text: sample.text, wanted, got }]
    })
    expect(wrong).toEqual([])
  })

  it('offers the suggestions written down', () => {
    for (const { kind, samples } of all)
      for (const sample of samples.filter((one) => one.suggestion !== undefined)) {
        const result = check(kind, sample)
        expect(result.ok ? undefined : result.details.suggestion, sample.place).toBe(sample.suggestion)
      }
  })

  it('a canonical value is accepted again, unchanged', () => {
    for (const { kind, samples } of all)
      for (const sample of samples.filter((one) => one.value !== undefined)) {
        const again = check(kind, { ...sample, text: sample.value ?? '' })
        expect(again, sample.place).toMatchObject({ ok: true, value: sample.value })
      }
  })

  it('reaches every problem and every note, and fills every placeholder in both languages', () => {
    const reached = new Set<string>()
    const findings = all.flatMap(({ kind, samples }) =>
      samples.flatMap((sample): readonly (Invalid | Note)[] => {
        const result = check(kind, sample)
        return result.ok ? result.notes : [result]
      }),
    )
    findings.push(
      ...Object.values(VALIDATORS).flatMap((validator) => refusal(validator('x'.repeat(2_001), context()))),
    )
    for (const finding of findings)
      for (const language of LANGUAGES) {
        const said = sayFinding(valueBook.messages, finding, language)
        reached.add(said.code)
        expect(`${said.text} ${said.remedy}`).not.toMatch(/\{\w+\}|undefined|\[object/)
      }
    expect([...PROBLEMS, ...NOTES].filter((code) => !reached.has(code))).toEqual([])
  })
})
