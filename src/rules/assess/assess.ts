import { knowledgeFrom, withKnown, type Answers } from '../answers.ts'
import type { Knowledge } from '../knowledge.ts'
import type { RuleBook } from '../rulebook.ts'
import { collect, type Collected } from './collected.ts'
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
  const plain = knowledgeFrom(book, answers)
  const filing = memo(() => decideFiling(book, plain, asOf))
  const preApprovals = memo(() => decidePreApprovals(book, plain, asOf))
  const decided = lazily({
    'filing-type': () => filingKnown(filing()),
    'pre-approval': () => preApprovalKnown(book, plain, preApprovals()),
  })
  const know = withKnown(plain, decided)
  return lazily<Assessment>({
    asOf: () => asOf,
    filing,
    preApprovals,
    commercialLicence: () => decideLicence(book, know, asOf),
    documents: () => collect(book, 'documents', know, asOf),
    province: () => provinceRequirements(book, know, filing().possible, asOf),
    sms: () => decideSms(book, know, filingKnown(filing()), asOf),
    obligations: () => collect(book, 'obligations', know, asOf),
    notices: () => collect(book, 'notices', know, asOf),
    residence: () => decideResidence(book, know, asOf),
    leader: () => decide(book, 'leader', know, asOf),
    administrator: () => decide(book, 'administrator', know, asOf),
    leaderAge: () => decide(book, 'leader-age', know, asOf),
    identityVerification: () => rulings(book, 'identity-verification', know, asOf),
    domainRequirements: () => rulings(book, 'domain-requirements', know, asOf),
    serverRequirements: () => rulings(book, 'server-requirements', know, asOf),
    sitesLimit: () => decide(book, 'sites-limit', know, asOf),
    publicSecurity: () => decide(book, 'public-security', know, asOf),
    footer: () => footerRulings(book, know, asOf),
    emptyShell: () => decide(book, 'empty-shell', know, asOf),
    changes: () => decide(book, 'changes', know, asOf),
    know: () => know,
  })
}

function memo<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}
