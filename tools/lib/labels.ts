import type { Language, Text } from '../../src/language.ts'
import type { Dialogs } from '../../src/interview/dialogs.ts'
import type { RuleBook } from '../../src/rules/rulebook.ts'
import type { Condition, ConditionValue } from '../../src/rules/schema.ts'
import type { Words } from './words.ts'

/** Says keys, values and conditions in words: the labels of questions, options and results. */
export interface Labels {
  readonly key: (key: string) => string
  readonly value: (key: string, value: string) => string
  /** One line for each part of a condition, such as `Province: Zhejiang or Jiangsu`. */
  readonly condition: (condition: Condition) => readonly string[]
  /** Kinds of entity or groups, such as `individuals, companies`. */
  readonly entities: (entities: readonly string[]) => string
}

export function labelsOf(book: RuleBook, dialogs: Dialogs, words: Words, language: Language): Labels {
  const say = words.say(language)
  const pick = (text: Text | undefined) => text?.[language]

  const key = (id: string): string =>
    pick(dialogs.questions.get(id)?.label) ?? pick(book.tables.get(id)?.title) ?? pick(words.keys[id]) ?? id

  const value = (id: string, wanted: string): string =>
    pick(dialogs.questions.get(id)?.options?.find((option) => option.value === wanted)?.label) ??
    pick(book.tables.get(id)?.results[wanted]?.label) ??
    pick(book.provinces.get(wanted)?.name) ??
    pick(words.values[`${id}=${wanted}`]) ??
    // `category` is one of the services of the site.
    (id === 'category' ? value('website.services', wanted) : wanted)

  const list = (id: string, values: readonly string[], joint: string) =>
    values.map((wanted) => value(id, wanted)).join(say(joint))

  const part = (id: string, wanted: ConditionValue): string => {
    if (typeof wanted === 'string') return value(id, wanted)
    if (Array.isArray(wanted)) return list(id, wanted, 'or')
    const excluded = typeof wanted.not === 'string' ? [wanted.not] : wanted.not
    // Without the quotes "not No, never" would be hard to read.
    return say('not', {
      values: excluded.map((item) => say('quoted', { value: value(id, item) })).join(say('nor')),
    })
  }

  return {
    key,
    value,
    condition: (condition) =>
      Object.entries(condition).map(([id, wanted]) => `${key(id)}${say('colon')}${part(id, wanted)}`),
    entities: (entities) =>
      entities
        .map((entity) => (book.groups[entity] ? value('entity.group', entity) : value('entity.kind', entity)))
        .join(say('comma')),
  }
}
