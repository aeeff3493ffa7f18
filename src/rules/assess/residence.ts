import { settledValue, type Knowledge } from '../knowledge.ts'
import type { RuleBook } from '../rulebook.ts'
import { decide, type Decision } from './ruling.ts'

export interface Residence extends Decision {
  /** The province where the individual lives, once it is known and matters; null otherwise. */
  readonly province: string | null
}

/** Where an individual may file: in the province of the ID card, or where he or she lives. */
export function decideResidence(book: RuleBook, know: Knowledge, asOf: string): Residence {
  return {
    ...decide(book, 'residence', know, asOf),
    province: settledValue(know('entity.residence.province')) ?? null,
  }
}
