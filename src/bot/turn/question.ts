import { CHECKED, type Case } from '../../interview/case.ts'
import type { Resolution } from '../../interview/resolve.ts'
import type { Action, Block, Message } from '../../rendering/message.ts'
import { command, say, type Composing } from '../../rendering/compose/context.ts'
import { repairBlocks } from '../../rendering/compose/repair.ts'
import { openInput, questionMessage } from '../../rendering/compose/question.ts'
import { ended, type After, type Turn, type TurnResult } from './turn.ts'

/** The open question as it is put first, or that all is answered. */
export function nextMessage(on: Composing, current: Case, resolution: Resolution): Message {
  const asked = questionMessage(on, resolution, current)
  if (asked) return asked
  const done = doneMessage(on, resolution)
  // An application shows it before it is confirmed.
  return isChecked(resolution)
    ? done
    : { ...done, blocks: [...repairBlocks(on, resolution, current), ...done.blocks] }
}

/** Says something, then puts the very same question again, in short: an interruption changes nothing. */
export function askAgain(
  turn: Turn,
  blocks: readonly Block[],
  { actions = [], ...after }: After & { readonly actions?: readonly Action[] } = {},
): TurnResult {
  return ended(turn, [again(turn, blocks, actions)], after)
}

function again(
  { on, resolution, standing }: Turn,
  blocks: readonly Block[],
  actions: readonly Action[],
): Message {
  if (!resolution.open)
    return { ...doneMessage(on, resolution), blocks, actions: [...actions, ...doneActions(on)] }
  const { question } = resolution.open
  return {
    language: on.language,
    blocks: [...blocks, { kind: 'text', text: question.ask[on.language] }],
    input: openInput(on, resolution, standing.case, question),
    actions: [...actions, ...questionActions(on, resolution)],
  }
}

function questionActions(on: Composing, { path }: Resolution): readonly Action[] {
  return path.length > 0 ? [command(on, 'action-back', 'back'), command(on, 'action-summary', 'summary')] : []
}

function doneMessage(on: Composing, resolution: Resolution): Message {
  return {
    language: on.language,
    blocks: [
      { kind: 'text', tone: 'success', text: say(on, isChecked(resolution) ? 'done-application' : 'done') },
    ],
    actions: doneActions(on),
  }
}

function isChecked({ path }: Resolution): boolean {
  return path.at(-1)?.question.id === CHECKED
}

function doneActions(on: Composing): readonly Action[] {
  return [
    command(on, 'action-summary', 'summary'),
    command(on, 'action-restart', 'restart'),
    command(on, 'action-human', 'human'),
  ]
}
