import { domainOf } from '../../rules/proof/domain.ts'
import { conditionFaults } from '../../rules/proof/conditions.ts'
import { listed, meant, type Problem } from '../../rules/proof/problem.ts'
import type { RuleBook } from '../../rules/rulebook.ts'
import type { Dialogs } from '../dialogs.ts'
import type { Question, QuestionOption } from '../schema.ts'

/** Each question by itself: it asks for a key of the rules, offers exactly its values, and every name leads to one option. */
export function questionProblems(
  book: RuleBook,
  dialogs: Dialogs,
  fileOf: (id: string) => string,
): readonly Problem[] {
  const order = [...dialogs.questions.keys()]
  return [...dialogs.questions.values()].flatMap((question) => {
    const problems: Problem[] = []
    const file = fileOf(question.id)
    const say = (problem: string, remedy: string) =>
      problems.push({ file, place: question.id, problem, remedy })
    const key = book.keys.get(question.id)
    if (question.field !== undefined) problems.push(...fieldFaults(question, key !== undefined, file))
    else if (!key) {
      say(
        'the question asks for a key that the rules do not have',
        `Add it to rules/keys.yaml, or correct the id. A typed answer says so with "field".${meant(question.id, book.keys.keys())}`,
      )
      return problems
    } else {
      if (key.type === 'region' && question.options)
        say(
          'the question lists options, although its answer is a region',
          'Remove the options: the regions come from rules/provinces.',
        )
      if (key.type !== 'region' && !question.options)
        say(
          'the question has no options',
          `Add one for each of ${listed(domainOf(book, question.id) ?? [], 8)}.`,
        )
      if (question.options) problems.push(...optionProblems(book, question, question.options, file))
      if (question.skip) say('"skip" is for typed answers', 'Use "unsure: true" with "settle" instead.')
    }
    if (question.unsure && !question.settle)
      say(
        '"not sure" is an answer, but nothing says how to find out',
        'Add "settle" in both languages, or remove "unsure: true".',
      )
    for (const fact of question.facts)
      if (!book.facts.has(fact))
        say(
          `it cites the fact "${fact}", which does not exist`,
          `Correct the id, or add the fact.${meant(fact, book.facts.keys())}`,
        )
    problems.push(
      ...conditionFaults(book, question.when, file, question.id),
      ...orderProblems(question, order, book, file),
    )
    return problems
  })
}

/** A typed answer has no values that rules could ask about, and is left out rather than unsure. */
function fieldFaults(question: Question, declared: boolean, file: string): readonly Problem[] {
  const say = (problem: string, remedy: string): Problem => ({ file, place: question.id, problem, remedy })
  return [
    ...(declared
      ? [
          say(
            'the answer is typed, yet rules/keys.yaml declares values for the key',
            'Take the key out of rules/keys.yaml, or give the question options instead of "field".',
          ),
        ]
      : []),
    ...(question.options ? [say('the answer is typed, yet options are listed', 'Keep one of the two.')] : []),
    ...(question.unsure
      ? [say('"unsure" is for options', 'Use "skip: true": a typed answer may be left out.')]
      : []),
  ]
}

function optionProblems(
  book: RuleBook,
  question: Question,
  options: readonly QuestionOption[],
  file: string,
): readonly Problem[] {
  const values = domainOf(book, question.id) ?? []
  const offered = options.map(({ value }) => value)
  const say = (place: string, problem: string, remedy: string): Problem => ({
    file,
    place: `${question.id}${place}`,
    problem,
    remedy,
  })
  return [
    ...values
      .filter((value) => !offered.includes(value))
      .map((value) =>
        say(
          '',
          `no option gives the value "${value}" of rules/keys.yaml: nobody can answer so`,
          'Add the option with a label in both languages, or remove the value from the key.',
        ),
      ),
    ...offered
      .filter((value) => !values.includes(value))
      .map((value) =>
        say(
          ` › ${value}`,
          `dead end: the option gives "${value}", which the key cannot have, so whoever chooses it is asked again for ever`,
          `Use one of ${listed(values, 8)}, or add the value in rules/keys.yaml.${meant(value, values)}`,
        ),
      ),
    ...offered
      .filter((value, index) => offered.indexOf(value) !== index)
      .map((value) => say(` › ${value}`, `the option "${value}" stands twice`, 'Leave it once.')),
    ...clashes(options).map(({ name, first, second }) =>
      say(
        ` › ${second}`,
        `the name "${name}" also belongs to the option "${first}": whoever types it cannot be understood`,
        'Leave the name to one of the two options.',
      ),
    ),
  ]
}

function clashes(
  options: readonly QuestionOption[],
): readonly { name: string; first: string; second: string }[] {
  const owners = new Map<string, string>()
  const found: { name: string; first: string; second: string }[] = []
  for (const { value, label, synonyms } of options) {
    const names = [value, label['zh-CN'], label.en, ...synonyms]
      .map(evened)
      .flatMap((name) => [name, name.replace(/\s*\([^)]*\)/g, '').trim()])
    for (const name of new Set(names)) {
      const first = owners.get(name)
      if (first === undefined) owners.set(name, value)
      else if (first !== value) found.push({ name, first, second: value })
    }
  }
  return found
}

/** Names are compared the way typed answers are: width, case and marks at the ends do not count. */
function evened(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/^[\s"'.,!?;:。，！？；：]+|[\s"'.,!?;:。，！？；：]+$/gu, '')
}

const DECIDED_ON_THE_WAY = ['filing-type', 'pre-approval']

/** `when` may look at what was asked before, never ahead; of decisions only these are known on the way. */
function orderProblems(
  question: Question,
  order: readonly string[],
  book: RuleBook,
  file: string,
): readonly Problem[] {
  return Object.keys(question.when).flatMap((key): readonly Problem[] => {
    const place = question.id
    if (order.includes(key) && order.indexOf(key) >= order.indexOf(question.id))
      return [
        {
          file,
          place,
          problem: `its "when" asks about "${key}", which is asked only later`,
          remedy: `Move the question behind "${key}", or leave the condition out.`,
        },
      ]
    const decided = !order.includes(key) && book.tables.has(key)
    if (!order.includes(key) && (key === 'category' || (decided && !DECIDED_ON_THE_WAY.includes(key))))
      return [
        {
          file,
          place,
          problem: `its "when" asks about "${key}", which is not decided while questions are asked`,
          remedy: 'Use answers, entity.group, filing-type or pre-approval in "when".',
        },
      ]
    return []
  })
}
