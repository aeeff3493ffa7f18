import { escapeMarkdown } from '../../../rendering/compose/context.ts'
import type { DeskCard } from '../../../rendering/desk-card.ts'
import { readDeeds } from './audit.ts'
import { card, notice, speak, timeOf, type Looking } from './looking.ts'

const MOST_SHOWN = 20

/** `log CODE`: who did what with the case; which field, never what stood in it. */
export async function showLog(looking: Looking): Promise<DeskCard> {
  const { options, caseId, code } = looking
  const deeds = await readDeeds(options.store, caseId, MOST_SHOWN)
  if (deeds.length === 0) return notice(looking, speak(looking, 'log-none'))
  const rows = deeds.map(({ at, by, did, what }) => {
    const name = by ? escapeMarkdown(by.name) : speak(looking, 'who-applicant')
    return {
      label: speak(looking, 'log-row', { time: timeOf(looking, at), name }),
      value: [speak(looking, `did-${did}`), ...(what === undefined ? [] : [what])].join(' · '),
    }
  })
  return card(looking, [{ kind: 'summary', title: speak(looking, 'log-title', { code }), rows }])
}
