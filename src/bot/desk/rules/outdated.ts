import { escapeMarkdown } from '../../../rendering/compose/context.ts'
import type { DeskCard } from '../../../rendering/desk-card.ts'
import type { Block } from '../../../rendering/message.ts'
import { anonymise } from '../../../trust/redact.ts'
import { dayInShanghai } from '../../today.ts'
import { card, notice, speak, typed, type Asking } from './asking.ts'
import { entryNamed, noSuchFact } from './fact.ts'
import { keepReport, readReports, settleReports } from './reports.ts'

const LONGEST_REASON = 300
const MOST_SHOWN = 8

/** `outdated ID why` reports a fact; `outdated` alone lists what was reported. */
export async function reportOutdated(asking: Asking): Promise<DeskCard | undefined> {
  const { brain, asOf, rest, sure, said, store, now } = asking
  if (rest === '') return sure ? listReports(asking) : undefined
  const { entry, rest: why } = entryNamed(brain.book, rest, asOf)
  if (!entry) return sure ? noSuchFact(asking, rest) : undefined
  const kept = await keepReport(store, {
    fact: entry.id,
    by: said.staff,
    at: now.toISOString(),
    // A reason is kept apart from any case, so nothing of one may stand in it.
    why: anonymise(why.slice(0, LONGEST_REASON)),
  })
  const name = escapeMarkdown(said.staff.name)
  if (kept === 'full') return notice(asking, speak(asking, 'outdated-full'))
  if (kept === 'known') return notice(asking, speak(asking, 'outdated-known', { id: entry.id }))
  return notice(asking, speak(asking, 'outdated-kept', { id: entry.id, name }))
}

/** `settled ID`: somebody has checked what was reported. */
export async function settleOutdated(asking: Asking): Promise<DeskCard | undefined> {
  const { brain, asOf, rest, sure, said, store } = asking
  const { entry } = entryNamed(brain.book, rest, asOf)
  // A fact that was taken out of the rules since can be settled all the same.
  const id = entry?.id ?? (await readReports(store)).find(({ fact }) => fact === rest.trim())?.fact
  if (id === undefined) return sure ? noSuchFact(asking, rest) : undefined
  const gone = await settleReports(store, id)
  const name = escapeMarkdown(said.staff.name)
  return notice(asking, gone === 0 ? speak(asking, 'settled-none', { id }) : speak(asking, 'settled', { id, name }))
}

async function listReports(asking: Asking): Promise<DeskCard> {
  const reports = await readReports(asking.store)
  const facts = [...new Set(reports.map(({ fact }) => fact))]
  if (facts.length === 0) return notice(asking, speak(asking, 'outdated-none'))
  const shown = facts.slice(0, MOST_SHOWN)
  const rows = shown.flatMap((fact) =>
    reports
      .filter((report) => report.fact === fact)
      .map(({ by, at, why }) => ({
        label: fact,
        value: speak(asking, 'outdated-row', {
          name: escapeMarkdown(by.name),
          day: dayInShanghai(new Date(at)),
          why: why === '' ? speak(asking, 'outdated-no-reason') : escapeMarkdown(why),
        }),
      })),
  )
  const blocks: readonly Block[] = [
    { kind: 'summary', title: speak(asking, 'outdated-title', { count: facts.length }), rows },
    ...(facts.length > shown.length
      ? [{ kind: 'text', tone: 'notice', text: speak(asking, 'outdated-full') } as const]
      : []),
  ]
  return card(
    asking,
    blocks,
    shown.map((id) => ({ label: speak(asking, 'settle', { id }), command: typed(asking, 'settled', id) })),
  )
}
