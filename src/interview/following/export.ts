import type { Case } from '../case.ts'

/** Everything kept of a case, for the person whose it is. */
export function exportOf(current: Case): Readonly<Record<string, unknown>> {
  const { id, language, answers, aside, consents, createdAt, updatedAt, following } = current
  return {
    case: id,
    language,
    createdAt,
    updatedAt,
    answers,
    /** Answers taken back for a change, kept until the question is answered again. */
    answersSetAside: aside,
    /** What was agreed to, refused and withdrawn: when, and to which version of the words. */
    consents: consents ?? [],
    ...(following === undefined ? {} : { following }),
  }
}
