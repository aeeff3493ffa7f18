// (e) The next question of an interview, by survey-core and by publicodes. Takes the interview as JSON on stdin:
//   { questions: [{ id, when, list }], decisions: { name: { rows: [{ when, result }] } }, answers: [[id, value]] }
// and prints, for each engine, what it would ask at each place and how long it takes from all answers. Both engines
// are built once; what is measured is what a turn needs: put the kept answers in, find the first open question.
import Engine from 'publicodes'
import { Model } from 'survey-core'

let text = ''
for await (const chunk of process.stdin) text += chunk
const { questions, decisions, answers, groups } = JSON.parse(text)
const place = new Map(
  [...questions.map(({ id }) => id), ...Object.keys(decisions)].map((id, at) => [id, `q${at}`]),
)
const lists = new Set(questions.filter(({ list }) => list).map(({ id }) => id))
const arrayOf = (value) => (Array.isArray(value) ? value : [value])

/** Conditions about a group of kinds are conditions about the kind. */
const parts = (when) =>
  Object.entries(when).map(([key, wanted]) => {
    const not = typeof wanted === 'object' && !Array.isArray(wanted)
    const values = arrayOf(not ? wanted.not : wanted)
    return key === 'entity.group'
      ? { key: 'entity.kind', not, values: values.flatMap((group) => groups[group]) }
      : { key, not, values }
  })

function surveyEngine() {
  const name = (key) => `{${place.get(key)}}`
  const expression = (when) =>
    parts(when)
      .map(({ key, not, values }) => {
        const one = (value) => `${name(key)} ${lists.has(key) ? 'contains' : '='} '${value}'`
        const any = `(${values.map(one).join(' or ')})`
        return not ? `(${name(key)} notempty and !${any})` : any
      })
      .join(' and ')
  const chain = (rows) =>
    rows.reduceRight((rest, { when, result }) => {
      const condition = expression(when)
      return condition === '' ? `'${result}'` : `iif(${condition}, '${result}', ${rest})`
    }, "''")
  const model = new Model({
    clearInvisibleValues: 'none',
    calculatedValues: Object.entries(decisions).map(([id, { rows }]) => ({
      name: place.get(id),
      expression: chain(rows),
    })),
    pages: [
      {
        name: 'all',
        elements: questions.map(({ id, when }) => ({
          type: 'text',
          name: place.get(id),
          ...(expression(when) === '' ? {} : { visibleIf: expression(when) }),
        })),
      },
    ],
  })
  return (given) => {
    model.data = Object.fromEntries(given.map(([id, value]) => [place.get(id), value]))
    const open = model.getAllQuestions(true).find((question) => question.isVisible && question.isEmpty())
    return open && questions[Number(open.name.slice(1))]?.id
  }
}

function publicodesEngine() {
  const condition = (when) => ({
    'toutes ces conditions': parts(when).map(({ key, not, values }) =>
      not
        ? { 'toutes ces conditions': values.map((value) => `${place.get(key)} != '${value}'`) }
        : { 'une de ces conditions': values.map((value) => `${place.get(key)} = '${value}'`) },
    ),
  })
  const rules = {}
  for (const { id, when } of questions)
    rules[place.get(id)] = {
      question: id,
      'par défaut': "'nothing'",
      ...(Object.keys(when).length === 0 ? {} : { 'applicable si': condition(when) }),
    }
  for (const [id, { rows }] of Object.entries(decisions))
    rules[place.get(id)] = {
      variations: [
        ...rows
          .filter(({ when }) => Object.keys(when).length > 0)
          .map(({ when, result }) => ({ si: condition(when), alors: `'${result}'` })),
        { sinon: `'${rows.find(({ when }) => Object.keys(when).length === 0)?.result ?? 'open'}'` },
      ],
    }
  rules.goal = { 'toutes ces conditions': questions.map(({ id }) => `${place.get(id)} != 'never'`) }
  const engine = new Engine(rules, { logger: { log() {}, warn() {}, error() {} } })
  return (given) => {
    engine.setSituation(
      Object.fromEntries(given.map(([id, value]) => [place.get(id), `'${arrayOf(value)[0]}'`])),
      { keepPreviousSituation: false },
    )
    const { missingVariables } = engine.evaluate('goal')
    return questions.find(({ id }) => Object.hasOwn(missingVariables, place.get(id)))?.id
  }
}

const report = {}
for (const [name, make] of [
  ['survey-core', surveyEngine],
  ['publicodes', publicodesEngine],
]) {
  try {
    const next = make()
    const asked = answers.map((_, count) => next(answers.slice(0, count)) ?? null)
    for (let warm = 0; warm < 20; warm += 1) next(answers)
    // Processor time, so that a busy machine makes nobody slower.
    const begin = process.cpuUsage()
    const spent = () => {
      const { user, system } = process.cpuUsage(begin)
      return (user + system) / 1000
    }
    let calls = 0
    for (; calls < 5 || (spent() < 3_000 && calls < 2_000); calls += 1) next(answers)
    report[name] = { asked, milliseconds: spent() / calls }
  } catch (error) {
    report[name] = { error: String(error).slice(0, 300) }
  }
}
console.log(JSON.stringify(report))
