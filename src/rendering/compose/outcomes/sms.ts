import type { Resolution } from '../../../interview/resolve.ts'
import type { Block } from '../../message.ts'
import { say, sourceLines, type Composing } from '../context.ts'
import { itemOf } from './items.ts'

/** Whether the ministry's text message must be answered, since when, and by whom. */
export function smsBlocks(on: Composing, { assessment }: Resolution): readonly Block[] {
  const { required, since, recipients, factIds, sources } = assessment.sms
  if (required === false) return [{ kind: 'text', text: say(on, 'sms-not') }]
  const text = since === null ? say(on, 'sms-required-unknown') : say(on, 'sms-required', { since })
  return [
    { kind: 'heading', text: say(on, 'sms-title') },
    {
      kind: 'statements',
      items: [
        { id: factIds[0] ?? 'sms', text, sources: sourceLines(sources) },
        ...recipients.map((recipient) => itemOf(on, recipient)),
      ],
    },
    { kind: 'text', tone: 'warning', text: say(on, 'sms-warning') },
  ]
}
