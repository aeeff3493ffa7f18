import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answersOnPath } from '../../src/interview/resolve.ts'
import { fingerprint } from '../../src/rules/assess/open-keys.ts'
import { anyAnswers, anyAnswerTo, dialogs, finished, firstAnswer, keysOn, resolved } from './support.ts'

const questions = [...dialogs.questions.values()]
const RUNS = { numRuns: 60 }

describe('the path', () => {
  it('is empty at the start, and the first question is open', () => {
    const start = resolved({})
    expect(start.path).toEqual([])
    expect(start.open?.question.id).toBe(questions[0]?.id)
    expect(start.sections.map(({ state }) => state)).toEqual([
      'open',
      ...dialogs.sections.slice(1).map(() => 'ahead'),
    ])
  })

  it('follows the order of the dialogs and asks every question once', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const keys = keysOn(resolved(answers))
        const order = keys.map((key) => questions.findIndex(({ id }) => id === key))
        expect(order).toEqual([...order].sort((a, b) => a - b))
        expect(new Set(keys).size).toBe(keys.length)
      }),
      RUNS,
    )
  })

  it('what is exported is exactly what stands on it', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const resolution = resolved(answers)
        const exported = answersOnPath(resolution)
        expect(Object.keys(exported)).toEqual(keysOn(resolution))
        for (const [key, value] of Object.entries(exported)) expect(value).toEqual(answers[key])
      }),
      RUNS,
    )
  })

  it('answers off the path change nothing', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const resolution = resolved(answers)
        const again = resolved(answersOnPath(resolution))
        expect(keysOn(again)).toEqual(keysOn(resolution))
        expect(again.open?.question.id).toBe(resolution.open?.question.id)
        expect(fingerprint(again.assessment)).toBe(fingerprint(resolution.assessment))
      }),
      RUNS,
    )
  })

  it('ends, whatever is answered, with a filing result', () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const all = finished(answers, firstAnswer)
        const { open, assessment, sections } = resolved(all)
        expect(open).toBeUndefined()
        expect(assessment.filing.possible.length).toBeGreaterThan(0)
        expect(sections.every(({ state }) => state === 'done' || state === 'skipped')).toBe(true)
      }),
      RUNS,
    )
  })
})

describe('a change of mind', () => {
  it.each(questions.map((question) => [question.id, question] as const))(
    '%s changed gives the same as a fresh run',
    (id, question) => {
      fc.assert(
        fc.property(anyAnswers, anyAnswerTo(question), (before, value) => {
          const changed = finished({ ...finished(before, firstAnswer), [id]: value }, firstAnswer)
          const edited = resolved(changed)
          // The fresh run is told only what is asked, one question after the other.
          const fresh = resolved(finished({}, (asked) => changed[asked.id] ?? firstAnswer(asked)))
          expect(answersOnPath(edited)).toEqual(answersOnPath(fresh))
          expect(fingerprint(edited.assessment)).toBe(fingerprint(fresh.assessment))
        }),
        { numRuns: 12 },
      )
    },
  )

  it('puts answers that no longer apply aside, and takes them up when they apply again', () => {
    const full = finished({}, firstAnswer)
    const abroad = resolved({ ...full, 'server.region': 'outside-mainland' })
    expect(keysOn(abroad)).not.toContain('entity.kind')
    expect(abroad.assessment.filing.type).toBe('not-required')
    const back = resolved({ ...full, 'server.region': 'mainland' })
    expect(answersOnPath(back)).toEqual(answersOnPath(resolved(full)))
  })
})
