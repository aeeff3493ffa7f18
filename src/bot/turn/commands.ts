import { reopened, steppedBack } from '../../interview/case.ts'
import type { Language } from '../../language.ts'
import type { Action, Block, Message } from '../../rendering/message.ts'
import { command, say } from '../../rendering/compose/context.ts'
import { typeLabel } from '../../rendering/compose/outcomes/filing.ts'
import { preCheckBlocks } from '../../rendering/compose/pre-check.ts'
import { whyBlocks } from '../../rendering/compose/question.ts'
import { summaryBlocks } from '../../rendering/compose/summary.ts'
import { composing, resolveCase } from './brain.ts'
import type { CommandMeaning, PlainCommand } from './meaning.ts'
import { askAgain, nextMessage } from './question.ts'
import { aboutProvince } from './province.ts'
import { ended, type Turn, type TurnResult } from './turn.ts'
import { withdraw } from './withdraw.ts'

/** Commands work in every state and both languages. */
export function runCommand(turn: Turn, meaning: CommandMeaning): TurnResult {
  if (meaning.command === 'language') return switchLanguage(turn, meaning.language)
  if (meaning.command === 'edit') return edit(turn, meaning.question)
  return PLAIN[meaning.command](turn)
}

const PLAIN: Readonly<Record<PlainCommand, (turn: Turn) => TurnResult>> = {
  help: (turn) => askAgain(turn, [{ kind: 'text', text: say(turn.on, 'help') }]),
  back,
  summary,
  why: (turn) => {
    const open = turn.resolution.open?.question
    const blocks: readonly Block[] = open
      ? whyBlocks(turn.on, open)
      : [{ kind: 'text', text: say(turn.on, 'why-nothing') }]
    return askAgain(turn, blocks)
  },
  human,
  'pre-check': (turn) => askAgain(turn, preCheckBlocks(turn.on, turn.resolution, turn.standing.case)),
  province: (turn) => aboutProvince(turn),
  restart: (turn) => askFirst(turn, say(turn.on, 'confirm-restart'), 'restart'),
  delete: (turn) => askFirst(turn, say(turn.on, 'confirm-delete'), 'delete'),
  // Done at once: taking a consent back must be as easy as giving it.
  withdraw: (turn) => withdraw(turn, 'consent.personal'),
  'withdraw-identity': (turn) => withdraw(turn, 'consent.identity'),
}

function back(turn: Turn): TurnResult {
  const { brain, on, standing, resolution, asOf } = turn
  if (resolution.path.length === 0) return askAgain(turn, [{ kind: 'text', text: say(on, 'nothing-back') }])
  const next = steppedBack(standing.case, resolution)
  return ended(turn, [nextMessage(on, next, resolveCase(brain, next.answers, asOf))], { case: next })
}

function summary(turn: Turn): TurnResult {
  const { on, resolution } = turn
  const { type } = resolution.assessment.filing
  const result: readonly Block[] =
    type === null || resolution.path.length === 0
      ? []
      : [{ kind: 'text', text: say(on, 'result-type', { type: typeLabel(on, resolution, type) }) }]
  return askAgain(turn, [...summaryBlocks(on, resolution), ...result])
}

/** Without a question, or with one that is not on the path, the answers that can be changed are offered. */
function edit(turn: Turn, id: string | undefined): TurnResult {
  const { brain, on, standing, resolution, asOf } = turn
  // Already open: put once more, with all that belongs to it.
  if (id !== undefined && id === resolution.open?.question.id)
    return ended(turn, [nextMessage(on, standing.case, resolution)])
  const step = resolution.path.find(({ question }) => question.id === id)
  if (step) {
    const next = reopened(standing.case, step.question.id)
    return ended(turn, [nextMessage(on, next, resolveCase(brain, next.answers, asOf))], { case: next })
  }
  if (resolution.path.length === 0) return askAgain(turn, [{ kind: 'text', text: say(on, 'edit-nothing') }])
  const actions: readonly Action[] = resolution.path.map(({ question }) => ({
    label: question.label[on.language],
    payload: { kind: 'command', command: 'edit', argument: question.id },
  }))
  const message = {
    language: on.language,
    blocks: [{ kind: 'text', text: say(on, 'edit-which') } as const],
    actions,
  }
  return ended(turn, [message], { pending: { kind: 'edit' } })
}

function switchLanguage(turn: Turn, language: Language): TurnResult {
  const next = { ...turn.standing.case, language }
  const on = composing(turn.brain, next)
  const message = nextMessage(on, next, turn.resolution)
  const blocks = [{ kind: 'text', text: say(on, 'language-changed') } as const, ...message.blocks]
  return ended(turn, [{ ...message, blocks }], { case: next })
}

function human(turn: Turn): TurnResult {
  const { on, brain } = turn
  const contact =
    brain.humanContact === undefined ? '' : say(on, 'human-contact', { contact: brain.humanContact })
  const told = askAgain(turn, [
    { kind: 'text', tone: 'notice', text: say(on, 'human-none', { contact }) },
    { kind: 'text', text: say(on, 'human-provider') },
  ])
  const [again] = askAgain(turn, []).replies
  return { ...told, ...(again === undefined ? {} : { human: again }) }
}

/** What cannot be undone is confirmed first. */
function askFirst(turn: Turn, text: string, kind: 'restart' | 'delete'): TurnResult {
  const { on } = turn
  const message: Message = {
    language: on.language,
    blocks: [{ kind: 'text', tone: 'warning', text }],
    actions: [command(on, 'action-yes', 'yes'), command(on, 'action-no', 'no')],
  }
  return ended(turn, [message], { pending: { kind } })
}
