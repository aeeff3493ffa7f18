import type { StaffSaid } from '../../../src/bot/desk/handoff-desk.ts'
import type { DeskCard } from '../../../src/rendering/desk-card.ts'
import type { StaffMember } from '../../../src/bot/handoff/record.ts'

export const LI: StaffMember = { channel: 'slack', tenant: 'T1', user: 'U1', name: 'Li *Ming*' }

let count = 0

/** A message of a member of staff, each with an id of its own. */
export function said(text: string, more: Partial<StaffSaid> = {}): StaffSaid {
  count += 1
  const place = { channel: 'slack', conversation: 'D1', reference: null }
  return {
    staff: LI,
    desk: place,
    chat: place,
    text,
    typed: text,
    activityId: `s${count}`,
    group: false,
    ...more,
  }
}

/** Everything a person reads on cards, in one text. */
export function read(cards: readonly DeskCard[] | undefined): string {
  return (cards ?? []).flatMap(({ blocks }) => blocks.map(blockText)).join('\n')
}

export function buttons(cards: readonly DeskCard[] | undefined): readonly string[] {
  return (cards ?? []).flatMap((card) => card.buttons.map(({ command }) => command))
}

function blockText(block: DeskCard['blocks'][number]): string {
  switch (block.kind) {
    case 'summary':
      return [block.title, ...block.rows.map(({ label, value }) => `${label}: ${value}`)].join('\n')
    case 'statements':
      return [
        block.title,
        ...block.items.map(
          ({ text, note = '', sources, confidence = '' }) =>
            `${text} ${note} ${sources.map(({ label }) => label).join('; ')} ${confidence}`,
        ),
      ].join('\n')
    default:
      return block.text
  }
}
