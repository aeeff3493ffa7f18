import type { Language } from '../../../language.ts'
import type { Composing } from '../../../rendering/compose/context.ts'
import type { Store } from '../../../store/port.ts'
import { dayInShanghai } from '../../today.ts'
import type { Brain } from '../../turn/brain.ts'
import { languageSaid, readCommandWord, type Commanded } from '../command-words.ts'
import type { StaffSaid } from '../handoff-desk.ts'
import type { DeskHandler } from '../staff-bot.ts'
import { answerStaff } from './ask.ts'
import type { Answering, Asking } from './asking.ts'
import { showDiff } from './diff.ts'
import { showFact } from './fact.ts'
import { showHelp } from './help.ts'
import { reportOutdated, settleOutdated } from './outdated.ts'
import { showRule } from './region.ts'
import { assessLine } from './type.ts'
import { showUnanswered } from './unanswered.ts'
import type { RuleCommand, RuleDeskWords } from './words.ts'

export interface RuleDeskOptions {
  readonly brain: Brain
  readonly words: RuleDeskWords
  readonly store: Store
  /** Of answers to what has no language of its own, such as an id. */
  readonly language: Language
  readonly clock: () => Date
}

/** What staff can have of the rules in chat. */
export interface RuleDesk {
  /** Known by a first word that is certain; everything else may be meant for an applicant. */
  readonly commands: DeskHandler
  /** Takes whatever is said: a command with a slip in it, or a question. */
  readonly questions: DeskHandler
}

export function createRuleDesk(options: RuleDeskOptions): RuleDesk {
  const answered = async (said: StaffSaid, commanded: Commanded<RuleCommand>, sure: boolean) => {
    const card = await ANSWERS[commanded.command](askingOf(options, said, { ...commanded, sure }))
    return card && [card]
  }
  return {
    commands: async (said) => {
      const commanded = readCommandWord(options.words, said.text)
      if (!commanded?.sure || commanded.command === 'ask') return undefined
      // "Type your name": so common a word counts only with a case behind it.
      return answered(said, commanded, commanded.command !== 'type')
    },
    questions: async (said) => {
      const text = said.text.trim()
      if (text === '') return undefined
      const commanded = readCommandWord(options.words, text)
      const done = commanded && (await answered(said, commanded, commanded.sure))
      return done ?? [answerStaff(askingOf(options, said, { rest: text, sure: true }))]
    },
  }
}

const ANSWERS: Readonly<Record<RuleCommand, Answering>> = {
  ask: (asking) => (asking.sure && asking.rest !== '' ? answerStaff(asking) : undefined),
  rule: showRule,
  diff: showDiff,
  type: assessLine,
  fact: showFact,
  outdated: reportOutdated,
  settled: settleOutdated,
  unanswered: showUnanswered,
  help: showHelp,
}

function askingOf(
  { brain, words, store, language: usual, clock }: RuleDeskOptions,
  said: StaffSaid,
  { rest, sure }: Pick<Asking, 'rest' | 'sure'>,
): Asking {
  const language = languageSaid(rest, said.text, usual)
  const { book, dialogs, phrases, preCheck } = brain
  const { values } = brain.following
  const on: Composing = { book, dialogs, phrases, language, values, preCheck }
  const now = clock()
  return { brain, words, store, said, rest, sure, language, on, now, asOf: dayInShanghai(now) }
}
