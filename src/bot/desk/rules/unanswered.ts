import { escapeMarkdown } from '../../../rendering/compose/context.ts'
import type { DeskCard } from '../../../rendering/desk-card.ts'
import { dayInShanghai } from '../../today.ts'
import { listUnanswered } from '../../unanswered.ts'
import { card, notice, short, speak, type Asking } from './asking.ts'

const MOST_SHOWN = 10

/** `unanswered`: what applicants asked in vain, those asked most often first. Numbers and names are out of it already. */
export async function showUnanswered(asking: Asking): Promise<DeskCard | undefined> {
  const { rest, store, now } = asking
  if (rest !== '') return undefined
  const all = await listUnanswered(store, now)
  if (all.length === 0) return notice(asking, speak(asking, 'unanswered-none'))
  const rows = all.slice(0, MOST_SHOWN).map(({ question, times, last }) => ({
    label: escapeMarkdown(short(question)),
    value: speak(asking, 'unanswered-row', { times, day: dayInShanghai(new Date(last)) }),
  }))
  const title = speak(asking, 'unanswered-title', { count: all.length })
  return card(asking, [{ kind: 'summary', title, rows }])
}
