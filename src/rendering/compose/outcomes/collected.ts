import { howOf, papersNeeded, sourcesOf } from '../../../interview/checklist.ts'
import { noticesOf } from '../../../interview/outcomes.ts'
import type { Resolution } from '../../../interview/resolve.ts'
import type { Section } from '../../../interview/schema.ts'
import type { Collected, Due } from '../../../rules/assess/collected.ts'
import { quote } from '../../../rules/assess/statement.ts'
import type { Block, Statement } from '../../message.ts'
import { PHRASE_IDS } from '../../phrase-ids.ts'
import { say, sourceLines, type Composing } from '../context.ts'
import { itemOf } from './items.ts'

/** Papers to get ready. */
export function documentBlocks(on: Composing, resolution: Resolution): readonly Block[] {
  const papers = on.preCheck ? papersNeeded(on.preCheck.papers, resolution) : resolution.assessment.documents
  if (papers.length === 0) return [{ kind: 'text', text: say(on, 'documents-none') }]
  return [
    { kind: 'heading', text: say(on, 'documents-title') },
    { kind: 'statements', items: papers.map((document) => paperItem(on, document)) },
  ]
}

/** Duties after approval, with their deadlines. */
export function obligationBlocks(on: Composing, { assessment }: Resolution): readonly Block[] {
  if (assessment.obligations.length === 0) return [{ kind: 'text', text: say(on, 'obligations-none') }]
  return [
    { kind: 'heading', text: say(on, 'obligations-title') },
    { kind: 'statements', items: assessment.obligations.map((duty) => dutyItem(on, duty)) },
  ]
}

/** What follows from how the answers meet, and should not be found out from a rejection. */
export function noticeBlocks(on: Composing, resolution: Resolution, section: Section): readonly Block[] {
  const notices = noticesOf(on.book, section, resolution)
  if (notices.length === 0) return []
  return [
    {
      kind: 'statements',
      title: say(on, 'notices-title'),
      items: notices.map((notice) => itemOf(on, notice)),
    },
  ]
}

/** A paper with how it is made, and what the official app does itself. */
function paperItem(on: Composing, document: Collected): Statement {
  const item = itemOf(on, document)
  const how = on.preCheck && howOf(on.preCheck.papers, document)
  if (!how) return item
  const sources = sourceLines(quote(on.book, sourcesOf(on.book, how)))
  return {
    ...item,
    note: say(on, 'paper-how', { how: how.how[on.language] }),
    sources: [...new Set([...item.sources, ...sources])],
  }
}

function dutyItem(on: Composing, duty: Collected) {
  const item = itemOf(on, duty)
  return duty.due === null ? item : { ...item, note: dueText(on, duty.due) }
}

export function dueText(on: Composing, { days, after, workingDays }: Due): string {
  const id = PHRASE_IDS.find((known) => known === `event-${after}`)
  const event = id === undefined ? after : say(on, id)
  if (days === 0) return say(on, 'due-at-once', { event })
  return say(on, workingDays ? 'due-within-working' : 'due-within', { event, days })
}
