import type { DeskCard } from '../../../rendering/desk-card.ts'
import { answerLabel } from '../../../rendering/compose/context.ts'
import type { Block } from '../../../rendering/message.ts'
import type { Answers } from '../../../rules/answers.ts'
import { assess, type Assessment } from '../../../rules/assess/assess.ts'
import { openKeys } from '../../../rules/assess/open-keys.ts'
import type { Statement as Ruled } from '../../../rules/assess/statement.ts'
import { newestDate } from '../../../rules/report/dates.ts'
import { readMany } from '../../../understanding/many.ts'
import { isQuestion } from '../../../understanding/talk.ts'
import { card, factButtons, notice, speak, typed, type Asking } from './asking.ts'
import { line } from './entries.ts'

const MOST_REASONS = 3
const MOST_OPEN = 6

/** `type company in Hangzhou, first filing`: what one line of own words settles, and what it leaves open. */
export function assessLine(asking: Asking): DeskCard | undefined {
  const { brain, rest, sure, asOf } = asking
  const { book, lexicon, dialogs } = brain
  if (rest === '') {
    if (!sure) return undefined
    return notice(asking, speak(asking, 'type-needed', { example: speak(asking, 'type-example') }))
  }
  const answers: Answers = Object.fromEntries(
    readMany(book, lexicon, dialogs, rest, undefined).map(({ question, value }) => [question, value]),
  )
  if (Object.keys(answers).length === 0) {
    if (!sure || isQuestion(lexicon, rest)) return undefined
    const example = speak(asking, 'type-example')
    return notice(asking, `${speak(asking, 'type-none')} ${speak(asking, 'type-needed', { example })}`)
  }
  const assessment = assess(book, answers, asOf)
  const reasons = reasonsOf(assessment)
  return card(
    asking,
    [
      understood(asking, answers),
      results(asking, assessment),
      {
        kind: 'statements',
        title: speak(asking, 'type-reasons'),
        items: reasons.map((reason) =>
          line(asking, {
            id: reason.ruleId,
            text: reason.text[asking.language],
            newest: newestDate(reason.sources.map(({ date }) => date)),
            sources: reason.sources,
            confidence: reason.confidence,
          }),
        ),
      },
      { kind: 'text', tone: 'notice', text: stillOpen(asking, answers) },
    ],
    [
      ...factButtons(
        asking,
        reasons.map(({ ruleId }) => ruleId),
      ),
      { label: speak(asking, 'help-title'), command: typed(asking, 'help') },
    ],
  )
}

function understood(asking: Asking, answers: Answers): Block {
  const { questions } = asking.brain.dialogs
  const rows = Object.entries(answers).flatMap(([key, value]) => {
    const question = questions.get(key)
    if (!question) return []
    return [{ label: question.label[asking.language], value: answerLabel(asking.on, question, value) }]
  })
  return { kind: 'summary', title: speak(asking, 'type-understood'), rows }
}

/** Each result with its id, as the rules and their reports call it. */
function results(asking: Asking, { filing, commercialLicence, preApprovals }: Assessment): Block {
  const { language } = asking
  const { book } = asking.brain
  const licences = commercialLicence.reasons.filter(({ certain }) => certain).slice(0, 1)
  return {
    kind: 'summary',
    title: speak(asking, filing.type === null ? 'type-possible' : 'type-result'),
    rows: [
      ...filing.possible.map((type) => ({ label: type, value: filing.labels[type]?.[language] ?? type })),
      ...licences.map(({ result, label }) => ({
        label: `${book.tables.get('commercial-licence')?.title[language] ?? ''} ${result}`.trim(),
        value: label[language],
      })),
      ...preApprovals
        .filter(({ certain }) => certain)
        .slice(0, 2)
        .map(({ category, result, label }) => ({ label: `${category} ${result}`, value: label[language] })),
    ],
  }
}

function reasonsOf({ filing, preApprovals }: Assessment): readonly Ruled[] {
  const certain = preApprovals.filter(({ certain: sure }) => sure)
  return [...filing.reasons, ...certain].slice(0, MOST_REASONS)
}

function stillOpen(asking: Asking, answers: Answers): string {
  const { brain, asOf, language } = asking
  const open = new Set(openKeys(brain.book, answers, asOf))
  // In the order in which they are asked; what nobody asks cannot be said by its label.
  const labels = [...brain.dialogs.questions.values()]
    .filter(({ id }) => open.has(id))
    .map(({ label }) => label[language])
  if (labels.length === 0) return speak(asking, 'type-settled')
  const told = labels.slice(0, MOST_OPEN).join(language === 'en' ? ', ' : '、')
  const questions = labels.length > MOST_OPEN ? `${told} …` : told
  return speak(asking, 'type-open', { questions })
}
