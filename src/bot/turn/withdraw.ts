import { canWithdraw, coveredKeys, withdrawn, type Consent } from '../../interview/consent.ts'
import { command, listed, say } from '../../rendering/compose/context.ts'
import type { Block } from '../../rendering/message.ts'
import { resolveCase } from './brain.ts'
import { askAgain, nextMessage } from './question.ts'
import { ended, type Turn, type TurnResult } from './turn.ts'

/** Takes a consent back: says what goes with it and how it goes on without, and puts what is open then. */
export function withdraw(turn: Turn, consent: Consent): TurnResult {
  const { brain, on, standing, asOf } = turn
  const { dialogs } = brain
  if (!canWithdraw(dialogs, standing.case, consent))
    return askAgain(turn, [{ kind: 'text', tone: 'notice', text: say(on, 'withdraw-nothing') }])
  const labels = coveredKeys(dialogs, standing.case, consent).flatMap(
    (key) => dialogs.questions.get(key)?.label[on.language] ?? [],
  )
  const next = withdrawn(standing.case, consent)
  const identity = consent === 'consent.identity'
  const told: readonly Block[] = [
    {
      kind: 'text',
      tone: 'success',
      text: say(on, identity ? 'withdrawn-identity' : 'withdrawn-personal'),
    },
    ...(labels.length === 0
      ? []
      : [
          {
            kind: 'text',
            text: say(on, 'withdrawn-removed', { labels: listed(on, labels) }),
          } as const,
        ]),
    {
      kind: 'text',
      text: say(on, identity ? 'withdrawn-identity-without' : 'withdrawn-personal-without'),
    },
  ]
  const asked = nextMessage(on, next, resolveCase(brain, next.answers, asOf))
  const again = command(on, 'action-agree-again', 'edit', consent)
  return ended(
    turn,
    [{ ...asked, blocks: [...told, ...asked.blocks], actions: [again, ...(asked.actions ?? [])] }],
    { case: next },
  )
}
