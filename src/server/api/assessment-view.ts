import { findingSaid, type Finding } from '../../interview/pre-check/finding.ts'
import type { Language, Text } from '../../language.ts'
import type { Assessment } from '../../rules/assess/assess.ts'
import type { Collected } from '../../rules/assess/collected.ts'
import type { Decision, Ruling } from '../../rules/assess/ruling.ts'
import type { Conflict } from '../../rules/schema.ts'
import type { Statement } from '../../rules/assess/statement.ts'

/** An assessment in one language, in the shape that other programs rely on (docs/api.md). */
export function assessmentView(assessment: Assessment, language: Language) {
  const { asOf, filing, preApprovals, commercialLicence, province, sms } = assessment
  const said = (text: Text | undefined) => text?.[language]
  const statement = (ruled: Statement) => ({
    ruleId: ruled.ruleId,
    result: ruled.result,
    label: ruled.label[language],
    text: ruled.text[language],
    sources: ruled.sources,
    facts: ruled.factIds,
    confidence: ruled.confidence,
    certain: ruled.certain,
  })
  const collected = (item: Collected) => ({ id: item.result, ...statement(item), due: item.due })
  const ruling = (one: Ruling) => ({
    ...statement(one),
    data: texts(one.data, language),
    due: one.due,
    next: said(one.next),
    conflicts: one.conflicts.map((conflict) => conflictView(conflict, language)),
  })
  const decision = ({ result, possible, reasons }: Decision) => ({
    result,
    possible,
    reasons: reasons.map(ruling),
  })
  return {
    asOf,
    lang: language,
    filing: {
      type: filing.type,
      possible: filing.possible,
      labels: texts(filing.labels, language),
      reasons: filing.reasons.map(statement),
      next: texts(filing.next, language),
    },
    preApprovals: preApprovals.map((approval) => ({
      ...statement(approval),
      category: approval.category,
      need: approval.need,
      possible: approval.possible,
      authority: said(approval.authority),
      document: said(approval.document),
      next: said(approval.next),
    })),
    commercialLicence: {
      result: commercialLicence.result,
      reasons: commercialLicence.reasons.map(statement),
      next: said(commercialLicence.next),
    },
    documents: assessment.documents.map(collected),
    province: province && {
      id: province.id,
      name: province.name[language],
      outOfProvinceIndividual: province.outOfProvinceIndividual && {
        verdict: province.outOfProvinceIndividual.verdict,
        text: province.outOfProvinceIndividual.text[language],
      },
      requirements: province.requirements.map((requirement) => ({
        id: requirement.id,
        topic: requirement.topic,
        title: requirement.topicTitle[language],
        text: requirement.text[language],
        note: said(requirement.note),
        sources: requirement.sources,
        newest: requirement.newest,
        confidence: requirement.confidence,
        conflicts: requirement.conflicts.map((conflict) => conflictView(conflict, language)),
      })),
    },
    sms: { ...sms, recipients: sms.recipients.map(statement), facts: sms.factIds, factIds: undefined },
    obligations: assessment.obligations.map(collected),
    notices: assessment.notices.map(collected),
    residence: { ...decision(assessment.residence), province: assessment.residence.province },
    leader: decision(assessment.leader),
    administrator: decision(assessment.administrator),
    leaderAge: decision(assessment.leaderAge),
    identityVerification: assessment.identityVerification.map(ruling),
    domainRequirements: assessment.domainRequirements.map(ruling),
    serverRequirements: assessment.serverRequirements.map(ruling),
    sitesLimit: decision(assessment.sitesLimit),
    publicSecurity: decision(assessment.publicSecurity),
    footer: assessment.footer.map(ruling),
    emptyShell: decision(assessment.emptyShell),
    changes: decision(assessment.changes),
  }
}

/** One finding of the pre-check in one language. */
export function findingView(finding: Finding, language: Language) {
  const { id, rejection, severity, rule, fix, keys, conflicts } = finding
  return {
    id,
    rejection: rejection ?? null,
    severity,
    title: rule.label[language],
    text: findingSaid(finding, language),
    fix: fix[language],
    keys,
    sources: rule.sources,
    facts: rule.factIds,
    confidence: rule.confidence,
    certain: rule.certain,
    conflicts: conflicts.map((conflict) => conflictView(conflict, language)),
  }
}

function texts(of: Readonly<Record<string, Text>>, language: Language): Record<string, string> {
  return Object.fromEntries(Object.entries(of).map(([key, text]) => [key, text[language]]))
}

/** Sources that differ: the cautious advice, and every position with its date. */
function conflictView({ id, question, advice, positions }: Conflict, language: Language) {
  return {
    id,
    question: question[language],
    advice: advice[language],
    positions: positions.map(({ says, source, date }) => ({ text: says[language], source, date })),
  }
}
