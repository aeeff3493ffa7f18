import type { Resolution } from '../../../interview/resolve.ts'
import type { Block } from '../../message.ts'
import { say, type Composing } from '../context.ts'
import { itemOf, reasonOf } from './items.ts'

/** Whether a commercial licence is needed besides the filing. */
export function licenceBlocks(on: Composing, { assessment }: Resolution): readonly Block[] {
  const { result, reasons, next } = assessment.commercialLicence
  const heading = { kind: 'heading', text: say(on, 'licence-title') } as const
  if (result === 'open')
    return [
      heading,
      { kind: 'text', tone: 'notice', text: say(on, 'licence-open') },
      { kind: 'statements', items: reasons.map((reason) => itemOf(on, { ...reason, certain: true })) },
    ]
  const label = reasons[0]?.label[on.language] ?? ''
  return [
    heading,
    { kind: 'text', tone: result === 'required' ? 'warning' : 'success', text: `**${label}**` },
    ...(next ? [{ kind: 'text', text: say(on, 'result-next', { next: next[on.language] }) } as const] : []),
    { kind: 'statements', title: say(on, 'reasons'), items: reasons.map((reason) => reasonOf(on, reason)) },
  ]
}
