import { UNSURE, type AnswerValue, type Answers } from '../answers.ts'
import { ageBand, ageOn, isDay } from '../values/dates.ts'
import { domainValidity } from './domain-validity.ts'

/** A key of the rules that is worked out from what was typed under another one. */
export interface Derivation {
  readonly key: string
  /** The typed answer. */
  readonly from: string
  /** The value of `key` on a day; undefined where the typed text does not tell. */
  readonly work: (typed: string, asOf: string) => string | undefined
  /** Whether the key is open, and not as said or by default, where nothing was typed. */
  readonly openWithout: boolean
}

export const DERIVATIONS: readonly Derivation[] = [
  {
    key: 'domain.validity',
    from: 'domain.expiry',
    work: (typed, asOf) => (isDay(typed) ? domainValidity(typed, asOf) : undefined),
    openWithout: true,
  },
  {
    key: 'leader.age',
    from: 'leader.identity-number',
    work: ageFromNumber,
    openWithout: false,
  },
]

/** Whether the rules learn something from what is typed under a key. */
export function tellsMore(key: string): boolean {
  return DERIVATIONS.some(({ from }) => from === key)
}

/** The answers with all that follows from what was typed; what was typed wins over what was said. Pure. */
export function withDerived(answers: Answers, asOf: string): Answers {
  const derived: Record<string, AnswerValue> = {}
  for (const { key, from, work, openWithout } of DERIVATIONS) {
    const typed = Object.hasOwn(answers, from) ? answers[from] : undefined
    if (typeof typed !== 'string') continue
    const value = work(typed, asOf)
    if (value !== undefined) derived[key] = value
    else if (openWithout && !Object.hasOwn(answers, key)) derived[key] = UNSURE
  }
  return Object.keys(derived).length === 0 ? answers : { ...answers, ...derived }
}

/** Numbers of 18 characters hold the birth date: identity card, residence permit, permanent residence card. */
function ageFromNumber(typed: string, asOf: string): string | undefined {
  const [, year, month, day] = /^\d{6}(\d{4})(\d{2})(\d{2})\d{3}[\dX]$/.exec(typed) ?? []
  const born = `${year ?? ''}-${month ?? ''}-${day ?? ''}`
  return isDay(born) && born <= asOf ? ageBand(ageOn(born, asOf)) : undefined
}
