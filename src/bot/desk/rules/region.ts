import { optionsOf } from '../../../interview/dialogs.ts'
import { escapeMarkdown } from '../../../rendering/compose/context.ts'
import type { DeskCard } from '../../../rendering/desk-card.ts'
import type { Block } from '../../../rendering/message.ts'
import { showRegion, type ShownTopic } from '../../../rules/report/show.ts'
import { card, factButtons, notice, regionList, speak, typed, type Asking } from './asking.ts'
import { entryLine } from './entries.ts'
import { readScope } from './read-scope.ts'

const MOST_ENTRIES = 6

/** `rule Sichuan individual`: what one region asks of a kind of entity, on a topic or on all. */
export function showRule(asking: Asking): DeskCard | undefined {
  const { brain, asOf, sure, rest } = asking
  const { regions, entity, topics, stray } = readScope(asking)
  const [region] = regions
  if (region === undefined) return sure || stray === undefined ? noRegion(asking, stray) : undefined
  if (stray !== undefined && topics.length === 0) return sure ? strayWord(asking, stray) : undefined
  const shown = showRegion(brain.book, region, { asOf, entity })
  const wanted = shown.topics.filter(({ topic }) => topics.length === 0 || topics.includes(topic))
  const lines = wanted.flatMap((topic) => entriesOf(topic, topics.length > 0).map((entry) => ({ topic, entry })))
  const title = titleOf(asking, region, entity)
  if (lines.length === 0) {
    const text = speak(asking, 'rule-none', { region: nameOf(asking, region) })
    return card(asking, [
      { kind: 'heading', text: title },
      { kind: 'text', tone: 'notice', text },
    ])
  }
  const told = lines.slice(0, MOST_ENTRIES)
  const left = lines.length - told.length
  const narrower = left > 0 && topics.length === 0 ? wanted.filter(({ local }) => local.length > 0) : []
  return card(
    asking,
    [
      { kind: 'heading', text: title },
      ...groups(told).map(({ topic, entries }): Block => {
        const name = topic.title[asking.language]
        return {
          kind: 'statements',
          title: topic.local.length > 0 ? name : `${name} (${speak(asking, 'national')})`,
          items: entries.map((entry) => entryLine(asking, entry)),
        }
      }),
      ...(left > 0 ? [{ kind: 'text', tone: 'notice', text: speak(asking, 'more', { count: left }) } as const] : []),
    ],
    [
      ...narrower.slice(0, 3).map(({ topic, title: label }) => ({
        label: label[asking.language],
        command: typed(asking, 'rule', `${rest} ${topic}`),
      })),
      ...factButtons(
        asking,
        told.filter(({ entry }) => entry.kind === 'fact').map(({ entry }) => entry.id),
      ),
    ],
  )
}

/** Without a topic only what is local: the national rules fill pages. */
function entriesOf({ local, national }: ShownTopic, all: boolean) {
  return local.length > 0 || !all ? local : national
}

function groups<Entry>(lines: readonly { readonly topic: ShownTopic; readonly entry: Entry }[]) {
  const topics = [...new Set(lines.map(({ topic }) => topic))]
  return topics.map((topic) => ({
    topic,
    entries: lines.filter((one) => one.topic === topic).map(({ entry }) => entry),
  }))
}

export function nameOf({ brain, language }: Asking, region: string): string {
  return brain.book.provinces.get(region)?.name[language] ?? region
}

function titleOf(asking: Asking, region: string, entity: string | undefined): string {
  const name = nameOf(asking, region)
  if (entity === undefined) return speak(asking, 'rule-title', { region: name })
  return speak(asking, 'rule-title-for', { region: name, entity: entityName(asking, entity) })
}

/** A kind by its option; a group by the words of the people it holds. */
function entityName({ brain, language, on }: Asking, entity: string): string {
  const question = brain.dialogs.questions.get('entity.kind')
  const options = question ? optionsOf(on.book, question) : []
  const kinds = brain.book.groups[entity] ?? [entity]
  const labels = options.filter(({ value }) => kinds.includes(value)).map(({ label }) => label[language])
  return labels.length === 0 ? entity : labels.join(language === 'en' ? ', ' : '、')
}

function noRegion(asking: Asking, stray: string | undefined): DeskCard {
  const regions = regionList(asking)
  return stray === undefined
    ? notice(asking, speak(asking, 'region-needed', { example: speak(asking, 'rule-example'), regions }))
    : notice(asking, speak(asking, 'region-unknown', { word: escapeMarkdown(stray.slice(0, 40)), regions }))
}

function strayWord(asking: Asking, word: string): DeskCard {
  const { brain, language } = asking
  const topics = [...brain.book.topics.values()].map(({ title }) => title[language])
  return notice(
    asking,
    speak(asking, 'word-unknown', {
      word: escapeMarkdown(word.slice(0, 40)),
      topics: topics.join(language === 'en' ? ', ' : '、'),
    }),
  )
}
