import type { RuleBook } from '../rulebook.ts'
import { behind, domainOf } from './domain.ts'
import { listed, meant, type Problem } from './problem.ts'
import type { Subject } from './subject.ts'

const FILE = 'rules/keys.yaml'

/** rules/keys.yaml by itself: defaults and lone values exist, groups cover every kind once, `only` goes in no circle. */
export function keyProblems({ book }: Subject): readonly Problem[] {
  return [...[...book.keys.keys()].flatMap((key) => oneKey(book, key)), ...groupProblems(book)]
}

function oneKey(book: RuleBook, key: string): readonly Problem[] {
  const declared = book.keys.get(key)
  if (!declared) return []
  const problems: Problem[] = []
  const say = (problem: string, remedy: string) => problems.push({ file: FILE, place: key, problem, remedy })
  const values = domainOf(book, key) ?? []
  if (declared.type !== 'region' && declared.values === undefined)
    say('the key has no values', 'List its values, or make it `type: region`.')
  if (values.includes('unsure'))
    say('"unsure" is listed as a value', 'Remove it: every key may be unsure without saying so.')
  const twice = values.find((value, index) => values.indexOf(value) !== index)
  if (twice !== undefined) say(`the value "${twice}" stands twice`, 'Leave it once.')
  for (const [field, value] of [['default', declared.default], ['alone', declared.alone]] as const)
    if (value !== undefined && !values.includes(value))
      say(`its ${field} "${value}" is none of its values`, `Use one of ${listed(values, 8)}.${meant(value, values)}`)
  if (leadsBack(book, key))
    say('its `only` leads back to the key itself', 'Break the circle: a key cannot depend on its own answer.')
  return problems
}

function leadsBack(book: RuleBook, start: string): boolean {
  const seen = new Set<string>()
  const todo = [...behind(book, start)]
  for (let key = todo.pop(); key !== undefined; key = todo.pop()) {
    if (key === start) return true
    if (!seen.has(key)) todo.push(...behind(book, key))
    seen.add(key)
  }
  return false
}

function groupProblems(book: RuleBook): readonly Problem[] {
  const kinds = domainOf(book, 'entity.kind') ?? []
  const members = Object.entries(book.groups).flatMap(([group, list]) => list.map((kind) => ({ group, kind })))
  const strangers = members.filter(({ kind }) => !kinds.includes(kind))
  return [
    ...strangers.map(({ group, kind }) => ({
      file: FILE,
      place: `groups › ${group}`,
      problem: `the group holds "${kind}", which is no value of entity.kind`,
      remedy: `Remove or correct it.${meant(kind, kinds)}`,
    })),
    ...kinds
      .map((kind) => ({ kind, groups: members.filter((member) => member.kind === kind).map(({ group }) => group) }))
      .filter(({ groups }) => groups.length !== 1)
      .map(({ kind, groups }) => ({
        file: FILE,
        place: 'groups',
        problem: groups.length === 0 ? `the kind "${kind}" belongs to no group` : `the kind "${kind}" belongs to ${listed(groups)}`,
        remedy: 'Put every kind of entity into exactly one group.',
      })),
  ]
}
