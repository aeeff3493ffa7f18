import type { DeskCard } from '../../../rendering/desk-card.ts'
import { wordFor } from '../command-words.ts'
import { card, speak, typed, type Asking } from './asking.ts'

/** `help`: what can be said, with examples; nothing where more was said than that. */
export function showHelp(asking: Asking): DeskCard | undefined {
  const { words, language, rest } = asking
  if (rest !== '') return undefined
  const { commands } = words
  const word = (command: keyof typeof commands) => wordFor(commands[command], language)
  const lines = [
    speak(asking, 'help-ask'),
    speak(asking, 'help-rule', { rule: word('rule') }),
    speak(asking, 'help-diff', { diff: word('diff') }),
    speak(asking, 'help-type', { type: word('type') }),
    speak(asking, 'help-fact', { fact: word('fact') }),
    speak(asking, 'help-outdated', { outdated: word('outdated'), settled: word('settled') }),
    speak(asking, 'help-unanswered', { unanswered: word('unanswered') }),
  ]
  return card(
    asking,
    [
      { kind: 'heading', text: speak(asking, 'help-title') },
      { kind: 'text', text: lines.map((line) => `- ${line}`).join('\n') },
      { kind: 'text', text: speak(asking, 'help-others') },
    ],
    [
      { label: speak(asking, 'rule-example'), command: speak(asking, 'rule-example') },
      { label: speak(asking, 'diff-example'), command: speak(asking, 'diff-example') },
      { label: word('unanswered'), command: typed(asking, 'unanswered') },
      { label: word('outdated'), command: typed(asking, 'outdated') },
    ],
  )
}
