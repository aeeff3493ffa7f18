import { knowledgeFrom, type Answers } from '../answers.ts'
import type { Knowledge } from '../knowledge.ts'
import type { RuleBook } from '../rulebook.ts'
import { collect, type Collected } from './collected.ts'
import { withDerived } from './derived.ts'
import { footerRulings } from './footer.ts'
import { decideFiling, filingKnown, type Filing } from './filing.ts'
import { lazily } from './lazily.ts'
import { decideLicence, type CommercialLicence } from './licence.ts'
import { decidePreApprovals, preApprovalKnown, type PreApproval } from './pre-approvals.ts'
import { provinceRequirements, type ProvinceRequirements } from './province.ts'
import { decideResidence, type Residence } from './residence.ts'
import { decide, rulings, type Decision, type Ruling } from './ruling.ts'
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
  /** Whether an individual may file where he or she lives. */
  readonly residence: Residence
  /** Who may be the entity leader and the website administrator, and from which age. */
  readonly leader: Decision
  readonly administrator: Decision
  readonly leaderAge: Decision
  readonly identityVerification: readonly Ruling[]
  readonly domainRequirements: readonly Ruling[]
  readonly serverRequirements: readonly Ruling[]
  readonly sitesLimit: Decision
  readonly publicSecurity: Decision
  readonly footer: readonly Ruling[]
  readonly emptyShell: Decision
  /** For the change named by `change.kind`; all kinds: changes.ts. */
  readonly changes: Decision
  /** What is known about every key, decisions included: dialogs ask this for their conditions. */
  readonly know: Knowledge
}

/**
 * Assesses answers on a day (ISO date, Asia/Shanghai). Pure: no clock, no I/O. Answers to keys that do not
 * apply are not used; `unsure` and missing answers leave several results possible instead of picking one.
 */
export function assess(book: RuleBook, answers: Answers, asOf: string): Assessment {
  const plain = knowledgeFrom(book, withDerived(answers, asOf))
  const filing = memo(() => filingKnown(assessment.filing))
  const preApproval = memo(() => preApprovalKnown(book, plain, assessment.preApprovals))
  const know: Knowledge = (key) => {
    if (key === 'filing-type') return filing()
    return key === 'pre-approval' ? preApproval() : plain(key)
  }
  const assessment: Assessment = assessmentOf({ book, plain, know, asOf })
  return assessment
}

interface Subject {
  readonly book: RuleBook
  /** What the answers say, without any decision. */
  readonly plain: Knowledge
  readonly know: Knowledge
  readonly asOf: string
}

const assessmentOf = lazily<Subject, Assessment>({
  asOf: ({ asOf }) => asOf,
  know: ({ know }) => know,
  filing: ({ book, plain, asOf }) => decideFiling(book, plain, asOf),
  preApprovals: ({ book, plain, asOf }) => decidePreApprovals(book, plain, asOf),
  commercialLicence: ({ book, know, asOf }) => decideLicence(book, know, asOf),
  documents: ({ book, know, asOf }) => collect(book, 'documents', know, asOf),
  province: ({ book, know, asOf }) => provinceRequirements(book, know, filingTypes(know), asOf),
  sms: ({ book, know, asOf }) => decideSms(book, know, know('filing-type'), asOf),
  obligations: ({ book, know, asOf }) => collect(book, 'obligations', know, asOf),
  notices: ({ book, know, asOf }) => collect(book, 'notices', know, asOf),
  residence: ({ book, know, asOf }) => decideResidence(book, know, asOf),
  leader: ({ book, know, asOf }) => decide(book, 'leader', know, asOf),
  administrator: ({ book, know, asOf }) => decide(book, 'administrator', know, asOf),
  leaderAge: ({ book, know, asOf }) => decide(book, 'leader-age', know, asOf),
  identityVerification: ({ book, know, asOf }) => rulings(book, 'identity-verification', know, asOf),
  domainRequirements: ({ book, know, asOf }) => rulings(book, 'domain-requirements', know, asOf),
  serverRequirements: ({ book, know, asOf }) => rulings(book, 'server-requirements', know, asOf),
  sitesLimit: ({ book, know, asOf }) => decide(book, 'sites-limit', know, asOf),
  publicSecurity: ({ book, know, asOf }) => decide(book, 'public-security', know, asOf),
  footer: ({ book, know, asOf }) => footerRulings(book, know, asOf),
  emptyShell: ({ book, know, asOf }) => decide(book, 'empty-shell', know, asOf),
  changes: ({ book, know, asOf }) => decide(book, 'changes', know, asOf),
})

function filingTypes(know: Knowledge): readonly string[] {
  const filing = know('filing-type')
  return filing.kind === 'one' ? filing.possible : []
}

function memo<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}
