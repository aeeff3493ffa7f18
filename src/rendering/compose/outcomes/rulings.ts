import { peopleRulings, reportsChanges } from '../../../interview/outcomes.ts'
import type { Resolution } from '../../../interview/resolve.ts'
import type { Ruling } from '../../../rules/assess/ruling.ts'
import type { Block, Statement } from '../../message.ts'
import type { PhraseId } from '../../phrase-ids.ts'
import { say, type Composing } from '../context.ts'
import { itemOf } from './items.ts'
import { conflictText } from './province.ts'

/** Who may be leader and administrator, from which age, and who is verified how. */
export function peopleBlocks(on: Composing, { assessment }: Resolution): readonly Block[] {
  return list(on, 'people-title', peopleRulings(assessment), false)
}

/** Whether an individual may file in the province where he or she lives. */
export function residenceBlocks(on: Composing, { assessment }: Resolution): readonly Block[] {
  return list(on, 'residence-title', assessment.residence.reasons, false)
}

/** What the domain has to fulfil, and how many sites one order or entity may have. */
export function domainBlocks(on: Composing, { assessment }: Resolution): readonly Block[] {
  return list(on, 'domain-title', [...assessment.domainRequirements, ...assessment.sitesLimit.reasons], true)
}

/** What the server has to fulfil. */
export function serverBlocks(on: Composing, { assessment }: Resolution): readonly Block[] {
  return list(on, 'server-title', assessment.serverRequirements, true)
}

/** What the change named by the applicant asks for. */
export function changeBlocks(on: Composing, { assessment }: Resolution): readonly Block[] {
  return reportsChanges(assessment) ? list(on, 'changes-title', assessment.changes.reasons, false) : []
}

/** What has to stand at the foot of the page. */
export function footerBlocks(on: Composing, { assessment }: Resolution): readonly Block[] {
  return list(on, 'footer-title', assessment.footer, true)
}

function list(on: Composing, title: PhraseId, rulings: readonly Ruling[], folded: boolean): readonly Block[] {
  if (rulings.length === 0) return []
  return [
    {
      kind: 'statements',
      title: say(on, title),
      folded,
      items: rulings.map((ruling) => rulingItem(on, ruling)),
    },
  ]
}

function rulingItem(on: Composing, ruling: Ruling): Statement {
  const notes = [
    ...(ruling.next ? [say(on, 'result-next', { next: ruling.next[on.language] })] : []),
    ...ruling.conflicts.map((conflict) => conflictText(on, conflict)),
  ]
  const item = itemOf(on, ruling)
  return notes.length === 0 ? item : { ...item, note: notes.join('\n\n') }
}
