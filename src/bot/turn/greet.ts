import { LANGUAGES } from '../../language.ts'
import type { Message } from '../../rendering/message.ts'
import { command, say, type Composing } from '../../rendering/compose/context.ts'
import { nextMessage } from './question.ts'
import { ended, type Turn, type TurnResult } from './turn.ts'

/** Says what this is, or welcomes back who was here before, and puts the open question. */
export function greet(turn: Turn): TurnResult {
  const { on, standing, resolution } = turn
  const next = nextMessage(on, standing.case, resolution)
  if (resolution.path.length === 0) return ended(turn, [welcomeMessage(on), next])
  const back = { kind: 'text', text: say(on, 'welcome-back') } as const
  return ended(turn, [{ ...next, blocks: [back, ...next.blocks] }])
}

export function welcomeMessage(on: Composing): Message {
  const other = LANGUAGES.find((language) => language !== on.language)
  return {
    language: on.language,
    blocks: [
      { kind: 'text', text: say(on, 'welcome') },
      { kind: 'text', text: say(on, 'welcome-keeps') },
    ],
    starts: [
      command(on, 'start-filing', 'edit', firstQuestion(on)),
      command(on, 'start-province', 'province'),
      command(on, 'start-ask', 'help'),
    ],
    actions: [
      command(on, 'choose-language', 'language', other),
      command(on, 'action-help', 'help'),
      command(on, 'action-human', 'human'),
    ],
  }
}

function firstQuestion({ dialogs }: Composing): string | undefined {
  return dialogs.sections[0]?.questions[0]?.id
}
