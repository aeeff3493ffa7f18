import type { Resolution } from '../../../interview/resolve.ts'
import { UNSURE } from '../../../rules/answers.ts'
import type { Block } from '../../message.ts'
import { command, say, type Composing } from '../context.ts'
import { itemOf, reasonOf } from './items.ts'

/** Which filing applies, why and what to do next; or what is still possible and what would settle it. */
export function filingBlocks(on: Composing, resolution: Resolution): readonly Block[] {
  const { filing } = resolution.assessment
  if (filing.type === null) return openBlocks(on, resolution)
  const next = filing.next[filing.type]
  return [
    { kind: 'heading', text: say(on, 'result-type', { type: typeLabel(on, resolution, filing.type) }) },
    ...(next
      ? [
          {
            kind: 'text',
            tone: 'success',
            text: say(on, 'result-next', { next: next[on.language] }),
          } as const,
        ]
      : []),
    {
      kind: 'statements',
      title: say(on, 'reasons'),
      items: filing.reasons.map((reason) => reasonOf(on, reason)),
    },
  ]
}

export function typeLabel(on: Composing, { assessment }: Resolution, type: string): string {
  return assessment.filing.labels[type]?.[on.language] ?? type
}

function openBlocks(on: Composing, resolution: Resolution): readonly Block[] {
  const { filing } = resolution.assessment
  return [
    { kind: 'heading', text: say(on, 'result-open') },
    { kind: 'statements', items: filing.reasons.map((reason) => itemOf(on, { ...reason, certain: true })) },
    ...settleBlocks(on, resolution),
    {
      kind: 'statements',
      title: say(on, 'next-steps-title'),
      folded: true,
      items: filing.possible.flatMap((type) => {
        const next = filing.next[type]?.[on.language]
        const label = typeLabel(on, resolution, type)
        return next ? [{ id: type, text: say(on, 'item', { label, text: next }), sources: [] }] : []
      }),
    },
  ]
}

/** Every question answered with "not sure", and how to find its answer out. */
function settleBlocks(on: Composing, { path }: Resolution): readonly Block[] {
  const rows = path.flatMap(({ question, value }) =>
    value === UNSURE && question.settle
      ? [
          {
            label: question.label[on.language],
            value: question.settle[on.language],
            change: command(on, 'action-change', 'edit', question.id),
          },
        ]
      : [],
  )
  return rows.length === 0 ? [] : [{ kind: 'summary', title: say(on, 'result-settle'), rows }]
}
