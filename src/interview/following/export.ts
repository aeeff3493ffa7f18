import type { Case } from '../case.ts'

/** Everything kept of a case, for the person whose it is. */
export function exportOf(current: Case): Readonly<Record<string, unknown>> {
  const { id, language, answers, aside, createdAt, updatedAt, following } = current
  return {
    case: id,
    language,
    createdAt,
    updatedAt,
    answers,
    /** Answers taken back for a change, kept until the question is answered again. */
    answersSetAside: aside,
    ...(following === undefined ? {} : { following }),
  }
}
