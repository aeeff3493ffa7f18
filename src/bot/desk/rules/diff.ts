import type { DeskCard } from '../../../rendering/desk-card.ts'
import type { Block } from '../../../rendering/message.ts'
import { diffRegions, type DecisionDifference, type TopicDifference } from '../../../rules/report/diff.ts'
import type { Entry } from '../../../rules/report/entry.ts'
import { card, factButtons, notice, regionList, short, speak, type Asking } from './asking.ts'
import { readScope } from './read-scope.ts'
import { nameOf } from './region.ts'

const MOST_TOPICS = 6

/** `diff Sichuan Guangdong`: what two regions ask for differently. */
export function showDiff(asking: Asking): DeskCard | undefined {
  const { brain, asOf, sure } = asking
  const { regions, entity, topics } = readScope(asking)
  const [first, second] = [...new Set(regions)]
  if (first === undefined || second === undefined) {
    const values = { example: speak(asking, 'diff-example'), regions: regionList(asking) }
    return sure ? notice(asking, speak(asking, 'diff-two', values)) : undefined
  }
  const difference = diffRegions(brain.book, first, second, { asOf, entity })
  const unlike = difference.topics.filter(
    ({ kind, topic }) => kind !== 'alike' && (topics.length === 0 || topics.includes(topic)),
  )
  const all: readonly (TopicDifference | DecisionDifference)[] = [
    ...unlike,
    ...(topics.length === 0 ? difference.decisions : []),
  ]
  const told = all.slice(0, MOST_TOPICS)
  const title = speak(asking, 'diff-title', { first: nameOf(asking, first), second: nameOf(asking, second) })
  return card(
    asking,
    [
      { kind: 'heading', text: title },
      ...(told.length === 0 ? [{ kind: 'text', text: speak(asking, 'diff-same') } as const] : []),
      ...told.map((one): Block => ({
        kind: 'summary',
        title: one.title[asking.language],
        rows: [side(asking, first, one.first), side(asking, second, one.second)],
      })),
      ...(all.length > told.length
        ? [{ kind: 'text', tone: 'notice', text: speak(asking, 'more', { count: all.length - told.length }) } as const]
        : []),
    ],
    factButtons(
      asking,
      told.flatMap((one) => [...one.first.slice(0, 1), ...one.second.slice(0, 1)].filter(isFact).map(({ id }) => id)),
    ),
  )
}

function side(asking: Asking, region: string, entries: readonly Entry[]) {
  const { language } = asking
  const texts = entries.slice(0, 2).map(({ label, text, newest }) => {
    const said = label === undefined ? text[language] : `**${label[language]}** ${text[language]}`
    const date = newest === 'undated' ? speak(asking, 'undated') : newest
    return speak(asking, 'dated', { text: short(said, 120), date })
  })
  return {
    label: nameOf(asking, region),
    value: texts.length === 0 ? speak(asking, 'diff-nothing') : texts.join(' '),
  }
}

function isFact({ kind }: Entry): boolean {
  return kind === 'fact'
}
