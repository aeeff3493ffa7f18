import fc from 'fast-check'
import { expect, it } from 'vitest'
import { newCase, reopened, restarted, steppedBack, withAnswer, type Case } from '../../src/interview/case.ts'
import { answersTo } from '../../src/interview/proof/graph.ts'
import { answersOnPath } from '../../src/interview/resolve.ts'
import type { Answers } from '../../src/rules/answers.ts'
import { book, dialogs, finished, firstAnswer, keysOn, resolved, TODAY } from './support.ts'

type Move = { readonly kind: 'answer' | 'back' | 'edit' | 'keep' | 'restart'; readonly pick: number }

const move: fc.Arbitrary<Move> = fc.record({
  // Mostly answers, or a walk never gets far.
  kind: fc.constantFrom(
    'answer',
    'answer',
    'answer',
    'answer',
    'answer',
    'answer',
    'back',
    'edit',
    'keep',
    'restart',
  ),
  pick: fc.nat(1000),
})

it.each([
  ['from the start', {}],
  ['from the offer to fill in the application', offered(false)],
  ['from an application that is filled in', offered(true)],
] as const)(
  'random walks %s, with back, edit, keep, restart and "not sure", never lose their footing',
  (_, answers) => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 25 }), (moves) => {
        let current: Case = { ...newCase('walk', 'en', new Date('2026-11-24T00:00:00Z')), answers }
        for (const each of moves) {
          current = moved(current, each)
          const resolution = resolved(current.answers)
          const exported = answersOnPath(resolution)
          expect(Object.keys(exported)).toEqual(keysOn(resolution))
          // What is exported leads to the same place by itself: nothing off the path took part.
          expect(keysOn(resolved(exported))).toEqual(keysOn(resolution))
          // The open question is never one that has an answer on the path.
          if (resolution.open) expect(keysOn(resolution)).not.toContain(resolution.open.question.id)
          else expect(resolution.assessment.filing.possible.length).toBeGreaterThan(0)
          for (const key of Object.keys(current.aside)) expect(current.answers).not.toHaveProperty([key])
        }
      }),
      { numRuns: 30 },
    )
  },
)

/** A company's first filing up to the application, or with it; typed answers, identity numbers included. */
function offered(filledIn: boolean): Answers {
  const facts = { 'entity.kind': 'enterprise', 'consent.identity': 'yes', 'administrator.is-leader': 'no' }
  const full = finished(facts, firstAnswer)
  const application = dialogs.sections.filter((section) => section.application)
  const keys = application.flatMap(({ questions }) => questions.map(({ id }) => id))
  return filledIn ? full : Object.fromEntries(Object.entries(full).filter(([key]) => !keys.includes(key)))
}

function moved(current: Case, { kind, pick }: Move): Case {
  const resolution = resolved(current.answers)
  const chosen = <T>(items: readonly T[]): T | undefined => items[pick % Math.max(1, items.length)]
  switch (kind) {
    case 'answer': {
      const question = resolution.open?.question
      const value = question && chosen(answersTo(book, question, TODAY))
      return question && value !== undefined ? withAnswer(current, question.id, value) : current
    }
    case 'back': {
      const before = steppedBack(current, resolution)
      expect(resolved(before.answers).open?.question.id).toBe(
        keysOn(resolution).at(-1) ?? resolution.open?.question.id,
      )
      return before
    }
    case 'edit':
      return reopened(current, chosen(keysOn(resolution)) ?? '')
    case 'keep': {
      const [key, value] = chosen(Object.entries(current.aside)) ?? []
      return key === undefined || value === undefined ? current : withAnswer(current, key, value)
    }
    case 'restart':
      return restarted(current)
  }
}
