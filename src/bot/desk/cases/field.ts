import { CHECKED } from '../../../interview/case.ts'
import type { Question } from '../../../interview/schema.ts'
import { bare } from '../../../understanding/normalise.ts'
import type { Looking } from './looking.ts'

/** The fields of a case: what was answered, and what is asked now. */
export function fieldsOf({ resolution: { path, open } }: Pick<Looking, 'resolution'>): readonly Question[] {
  return [...path.map(({ question }) => question), ...(open ? [open.question] : [])].filter(
    ({ id }) => id !== CHECKED,
  )
}

/** The field a text begins with, by its key or its label in either language, and what follows it. */
export function readField(looking: Pick<Looking, 'resolution' | 'rest'>): {
  readonly question: Question | undefined
  readonly named: string
  readonly rest: string
} {
  const words = looking.rest.slice(0, 1000).split(/\s+/u)
  const fields = fieldsOf(looking)
  for (let size = Math.min(words.length, 8); size > 0; size -= 1) {
    const name = words
      .slice(0, size)
      .join(' ')
      .replace(/[:：=]$/u, '')
    const question = fields.find(({ id, label }) =>
      [id, label['zh-CN'], label.en].some((one) => bare(one) === bare(name)),
    )
    if (question) return { question, named: name, rest: words.slice(size).join(' ') }
  }
  return { question: undefined, named: words[0] ?? '', rest: '' }
}
