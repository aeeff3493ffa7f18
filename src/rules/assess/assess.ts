import { knowledgeFrom, withKnown, type Answers } from '../answers.ts'
import type { Knowledge } from '../knowledge.ts'
import type { RuleBook } from '../rulebook.ts'
import { collect, type Collected } from './collected.ts'
import { decideFiling, filingKnown, type Filing } from './filing.ts'
import { decideLicence, type CommercialLicence } from './licence.ts'
import { decidePreApprovals, preApprovalKnown, type PreApproval } from './pre-approvals.ts'
import { provinceRequirements, type ProvinceRequirements } from './province.ts'
import { decideSms, type Sms } from './sms.ts'

/** Everything the rules say about a set of answers on a day. Texts in both languages. */
export interface Assessment {
  readonly asOf: string
  readonly filing: Filing
  readonly preApprovals: readonly PreApproval[]
  readonly commercialLicence: CommercialLicence
  readonly documents: readonly Collected[]
  readonly province: ProvinceRequirements | undefined
  readonly sms: Sms
  readonly obligations: readonly Collected[]
  readonly notices: readonly Collected[]
  /** What is known about every key, decisions included: dialogs ask this for their conditions. */
  readonly know: Knowledge
}

/**
 * Assesses answers on a day (ISO date, Asia/Shanghai). Pure: no clock, no I/O. Answers to keys that do not
 * apply are not used; `unsure` and missing answers leave several results possible instead of picking one.
 */
export function assess(book: RuleBook, answers: Answers, asOf: string): Assessment {
  const plain = knowledgeFrom(book, answers)
  const filing = decideFiling(book, plain, asOf)
  const preApprovals = decidePreApprovals(book, plain, asOf)
  const know = withKnown(plain, {
    'filing-type': filingKnown(filing),
    'pre-approval': preApprovalKnown(book, plain, preApprovals),
  })
  return {
    asOf,
    filing,
    preApprovals,
    commercialLicence: decideLicence(book, know, asOf),
    documents: collect(book, 'documents', know, asOf),
    province: provinceRequirements(book, know, filing.possible, asOf),
    sms: decideSms(book, know, filingKnown(filing), asOf),
    obligations: collect(book, 'obligations', know, asOf),
    notices: collect(book, 'notices', know, asOf),
    know,
  }
}
