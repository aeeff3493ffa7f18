import type { Case } from '../interview/case.ts'
import type { Dialogs } from '../interview/dialogs.ts'

/** Everything personal a case holds, to be hidden wherever the case is worked on: by what the dialogs call personal. */
export function personalValues(
  dialogs: Pick<Dialogs, 'questions'>,
  { answers, aside }: Case,
): readonly string[] {
  return [answers, aside].flatMap((some) =>
    Object.entries(some).flatMap(([key, value]) => (isPersonal(dialogs, key) ? value : [])),
  )
}

/** A key without a question is from another release: nobody knows what it holds, so it counts as personal. */
export function isPersonal({ questions }: Pick<Dialogs, 'questions'>, key: string): boolean {
  return questions.get(key)?.personal !== 'none'
}
