import type { DeskCard } from '../../../rendering/desk-card.ts'
import { languageSaid, readCommandWord, sayWords, wordFor } from '../command-words.ts'
import type { StaffSaid } from '../handoff-desk.ts'
import type { DeskHandler } from '../staff-bot.ts'
import { findCase, heldHere, readCode, type TypedCode } from './find-case.ts'
import { showLog } from './log.ts'
import type { CaseDeskOptions, Looking } from './looking.ts'
import { setMilestone } from './milestone.ts'
import { note } from './note.ts'
import { propose } from './propose.ts'
import { reveal } from './reveal.ts'
import { showCase } from './show.ts'
import type { CaseCommand } from './words.ts'

/**
 * What staff can do with a case: see it masked, look at a value on record, propose a change, keep notes, set
 * milestones. A case is named by its code or by the number of a hand-off.
 */
export function createCaseDesk(options: CaseDeskOptions): DeskHandler {
  return async (said) => {
    const commanded = readCommandWord<CaseCommand>(options.words, said.text)
    if (!commanded || commanded.command === 'accept' || commanded.command === 'decline') return undefined
    const typed = await codeOf(options, said, readCode(commanded.rest))
    // "Case of two websites" is a question, and so is a misspelt word before anything but a code.
    if (typed.code === undefined) {
      const asksHow = commanded.sure && !/\s/u.test(commanded.rest)
      return asksHow ? [refusal(options, said, commanded.command, 'code-needed')] : undefined
    }
    const looking = await findCase(options, said, { ...typed, code: typed.code })
    if (!looking) return [refusal(options, said, commanded.command, 'code-unknown')]
    return DEEDS[commanded.command](looking)
  }
}

type Command = Exclude<CaseCommand, 'accept' | 'decline'>

const DEEDS: Readonly<Record<Command, (looking: Looking) => Promise<readonly DeskCard[]>>> = {
  case: showCase,
  reveal: async (looking) => [await reveal(looking)],
  propose: async (looking) => [await propose(looking)],
  note: async (looking) => [await note(looking)],
  milestone: async (looking) => [await setMilestone(looking)],
  log: async (looking) => [await showLog(looking)],
}

/** Where somebody talks to an applicant, the case at hand is meant without its code. */
async function codeOf(options: CaseDeskOptions, said: StaffSaid, read: TypedCode): Promise<TypedCode> {
  if (read.code !== undefined || read.rest !== '') return read
  return { ...read, code: await heldHere(options, said) }
}

const EXAMPLE = 'ABCD-2345'

function refusal(
  { words, language: usual }: CaseDeskOptions,
  said: StaffSaid,
  command: Command,
  phrase: 'code-needed' | 'code-unknown',
): DeskCard {
  const language = languageSaid('', said.text, usual)
  const example = `${wordFor(words.commands[command], language)} ${EXAMPLE}`
  const text = sayWords(words, language, phrase, phrase === 'code-needed' ? { example } : {})
  return { language, blocks: [{ kind: 'text', tone: 'notice', text }], buttons: [] }
}
