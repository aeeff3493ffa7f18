import { join } from 'node:path'
import type { CaseCodes } from '../bot/case-code.ts'
import { createCaseDesk } from '../bot/desk/cases/case-desk.ts'
import type { Proposing } from '../bot/desk/cases/in-turn.ts'
import { Proposals } from '../bot/desk/cases/proposals.ts'
import { loadCaseDeskWords } from '../bot/desk/cases/words.ts'
import { createRuleDesk } from '../bot/desk/rules/rule-desk.ts'
import { loadRuleDeskWords } from '../bot/desk/rules/words.ts'
import type { DeskParts } from './desk.ts'
import type { Jobs } from './jobs.ts'
import { createLastMessages } from './last-messages.ts'
import type { Parts } from './parts.ts'
import type { DeskHandlers } from './staff.ts'

export interface HandlerParts {
  readonly codes: CaseCodes
  readonly jobs: Pick<Jobs, 'reminders'>
  readonly proposing: Proposing
}

/** Changes that staff propose, as applicants are asked about them. */
export function createProposing({ store, clock, root }: Pick<Parts, 'store' | 'clock' | 'root'>): Proposing {
  return { proposals: new Proposals(store, clock), words: loadCaseDeskWords(join(root, 'dialogs')) }
}

/** What staff can ask and do besides talking to applicants. */
export function createDeskHandlers(
  { config, store, brain, clock, root, speakers }: Parts,
  { desk: { handoffs } }: DeskParts,
  { codes, jobs, proposing }: HandlerParts,
): DeskHandlers {
  const language = config.DESK_LANGUAGE
  const rules = createRuleDesk({
    ...{ brain, store, language, clock },
    words: loadRuleDeskWords(join(root, 'dialogs')),
  })
  const cases = createCaseDesk({
    ...{ brain, store, codes, handoffs, language, clock },
    ...proposing,
    messages: createLastMessages(store, codes, handoffs),
    say: ({ channelId, reference }, message, id) => speakers.say(channelId, reference, message, id),
    onMilestone: async (caseId, place) => {
      if (place?.reference !== undefined) await jobs.reminders.announce(caseId, place)
      await jobs.reminders.plan(caseId)
    },
  })
  return { commands: [cases, rules.commands], questions: [rules.questions] }
}
