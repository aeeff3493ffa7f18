import type { Answers } from '../../rules/answers.ts'
import { conditionFaults } from '../../rules/proof/conditions.ts'
import { listed, meant, type Problem } from '../../rules/proof/problem.ts'
import { valuesOf } from '../../rules/rulebook.ts'
import type { Dialogs } from '../dialogs.ts'
import { resolve } from '../resolve.ts'
import { fixOf, titleOf, type PreCheckKit } from './kit.ts'
import { preCheck } from './pre-check.ts'
import type { PreCheckRule } from './schema.ts'

const FILE = 'rules/pre-check.yaml'
/** Checks that bring the words of another rule with them. */
const SPEAKING: readonly string[] = ['site-name', 'site-name-of-individual', 'site-name-unlike-entity']

/**
 * What is wrong with the rules of the pre-check: facts, keys and words that are missing, rejections that nobody
 * foresees, and examples that do not do what they say. Pure.
 */
export function provePreCheck(kit: PreCheckKit, dialogs: Dialogs): readonly Problem[] {
  const { rules, book } = kit
  const stated = [
    ...conditionFaults(book, rules.when, FILE, 'when'),
    ...repeatedIds(rules.rules),
    ...rules.rules.flatMap((rule) => ruleProblems(kit, dialogs, rule)),
    ...rules.unforeseen.flatMap(({ rejection, when }) => conditionFaults(book, when, FILE, rejection)),
    ...coverage(kit),
    ...tryProblems(kit),
  ]
  return stated.length > 0 ? stated : exampleProblems(kit, dialogs)
}

function repeatedIds(rules: readonly PreCheckRule[]): readonly Problem[] {
  const ids = rules.map(({ id }) => id)
  return ids
    .filter((id, at) => ids.indexOf(id) !== at)
    .map((id) => fault(id, 'two rules have this id', 'Rename the newer one.'))
}

function ruleProblems(kit: PreCheckKit, { questions }: Dialogs, rule: PreCheckRule): readonly Problem[] {
  const { book, rejections } = kit
  const say = (problem: string, remedy: string) => fault(rule.id, problem, remedy)
  const problems = [...conditionFaults(book, rule.when, FILE, rule.id)]
  for (const key of new Set([...rule.keys, ...(rule.apart ?? []).flat()]))
    if (!questions.has(key))
      problems.push(say(`no dialog asks for "${key}"`, `Correct the key.${meant(key, questions.keys())}`))
  for (const id of rule.facts)
    if (!book.facts.has(id))
      problems.push(
        say(
          `it cites the fact "${id}", which is not there`,
          `Correct the id.${meant(id, book.facts.keys())}`,
        ),
      )
  if (rule.rejection !== undefined && !rejections.has(rule.rejection))
    problems.push(
      say(
        `"${rule.rejection}" is no rejection of rules/rejections.yaml`,
        `Correct the id.${meant(rule.rejection, rejections.keys())}`,
      ),
    )
  if (rule.table) {
    const known = Object.keys(book.tables.get(rule.table.id)?.results ?? {})
    const stray = rule.table.results.find((result) => !known.includes(result))
    if (stray !== undefined)
      problems.push(say(`the table "${rule.table.id}" has no result "${stray}"`, `Use ${listed(known, 12)}.`))
  }
  const speaks = rule.table !== undefined || SPEAKING.includes(rule.check ?? '')
  if (!speaks && (rule.text === undefined || rule.facts.length === 0))
    problems.push(say('it says nothing of its own', 'Add "text" and the "facts" behind it.'))
  if (!titleOf(kit, rule) && !rule.table)
    problems.push(say('it has neither a title nor a rejection', 'Add one of the two.'))
  if (!fixOf(kit, rule)) problems.push(say('it does not say what to do', 'Add "fix".'))
  return problems
}

/** Whatever a reviewer rejects is foreseen by a rule, or said to be out of sight; never both. */
function coverage({ book, rules }: PreCheckKit): readonly Problem[] {
  const foreseen = new Set(rules.rules.flatMap(({ rejection }) => rejection ?? []))
  const listedOnce = rules.unforeseen.map(({ rejection }) => rejection)
  const known = [...book.facts.keys()].filter((id) => id.startsWith('reject.'))
  return [
    ...known
      .filter((id) => !foreseen.has(id) && !listedOnce.includes(id))
      .map((id) =>
        fault(
          id,
          'no rule foresees this rejection',
          'Add a rule, or list it under "unforeseen" with the reason.',
        ),
      ),
    ...listedOnce
      .filter((id, at) => foreseen.has(id) || listedOnce.indexOf(id) !== at || !known.includes(id))
      .map((id) =>
        fault(id, 'it stands under "unforeseen" for nothing', 'Remove the line, or correct the id.'),
      ),
  ]
}

function tryProblems({ book, rules }: PreCheckKit): readonly Problem[] {
  return rules.tries.flatMap(({ key, to, when }) => {
    const values = valuesOf(book, key)
    const wrong = to === 'each' ? [] : to.filter((value) => !values.includes(value))
    return [
      ...conditionFaults(book, when, FILE, `tries › ${key}`),
      ...(values.length === 0
        ? [fault(`tries › ${key}`, 'nothing declares this key', 'Take a key of rules/keys.yaml.')]
        : []),
      ...wrong.map((value) =>
        fault(`tries › ${key}`, `the key cannot be "${value}"`, `Use one of ${listed(values, 8)}.`),
      ),
    ]
  })
}

/** The sound case is sound; each example sets its rule off, and what mends it does. */
function exampleProblems(kit: PreCheckKit, dialogs: Dialogs): readonly Problem[] {
  const { book, rules } = kit
  const found = (answers: Answers) => preCheck(kit, resolve(book, dialogs, answers, rules.asOf))
  const sound = found(rules.sound).map(({ id }) => id)
  return [
    ...(sound.length === 0
      ? []
      : [fault('sound', `the sound case is found fault with: ${listed(sound)}`, 'Mend the case.')]),
    ...rules.rules.flatMap((rule) => {
      const example = { ...rules.sound, ...rule.example }
      const hits = (answers: Answers) =>
        found(answers).some(({ id }) => id === rule.id || id.startsWith(`${rule.id} `))
      return [
        ...(hits(example)
          ? []
          : [fault(rule.id, 'its example does not set it off', 'Correct the rule or its example.')]),
        ...(hits({ ...example, ...rule.mended })
          ? [fault(rule.id, 'it stays after what should mend it', 'Correct the rule or "mended".')]
          : []),
      ]
    }),
  ]
}

function fault(place: string, problem: string, remedy: string): Problem {
  return { file: FILE, place, problem, remedy }
}
