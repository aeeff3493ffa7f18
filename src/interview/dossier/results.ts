import { heldOn, type Quoted, type Statement } from '../../rules/assess/statement.ts'
import type { RuleBook } from '../../rules/rulebook.ts'
import type { Resolution } from '../resolve.ts'
import type { OfficialForm } from './form.ts'
import type { Dossier, DossierStatement } from './schema.ts'

/** What the rules decide, with the reasons. */
export function resultsOf({ assessment }: Resolution): Dossier['results'] {
  const { filing, preApprovals, commercialLicence, sms } = assessment
  return {
    filing: {
      type: filing.type,
      possible: filing.possible.map((type) => {
        const next = filing.next[type]
        const label = filing.labels[type] ?? { 'zh-CN': type, en: type }
        return { type, label, ...(next === undefined ? {} : { next }) }
      }),
      reasons: filing.reasons.map(statement),
    },
    preApprovals: preApprovals.map((approval) => ({
      category: approval.category,
      need: approval.need ?? 'open',
      ...(approval.authority === undefined ? {} : { authority: approval.authority }),
      ...(approval.document === undefined ? {} : { document: approval.document }),
      statement: statement(approval),
    })),
    commercialLicence: {
      result: commercialLicence.result,
      reasons: commercialLicence.reasons.map(statement),
    },
    sms: { required: sms.required, since: sms.since },
  }
}

export function provinceOf({ assessment: { province } }: Resolution): Dossier['province'] {
  if (!province) return null
  return {
    id: province.id,
    name: province.name,
    requirements: province.requirements.map(({ id, topicTitle, text, sources, confidence }) => ({
      id,
      label: topicTitle,
      text,
      sources: keysOf(sources),
      confidence,
      certain: true,
    })),
  }
}

export function obligationsOf({ assessment }: Resolution): Dossier['obligations'] {
  return assessment.obligations.map((duty) => ({ ...statement(duty), due: duty.due }))
}

/** The steps of the official order, each with what the facts say of it on a day. */
export function flowOf(book: RuleBook, { steps }: OfficialForm, asOf: string): Dossier['flow'] {
  return steps.map(({ id, title, facts }) => ({
    id,
    title,
    statements: facts.flatMap((factId) => {
      const fact = book.facts.get(factId)
      if (!fact || !heldOn(fact, asOf)) return []
      const { text, sources, confidence } = fact
      return [{ id: factId, text, sources: [...sources], confidence, certain: true }]
    }),
  }))
}

function statement({ ruleId, label, text, sources, confidence, certain }: Statement): DossierStatement {
  return { id: ruleId, label, text, sources: keysOf(sources), confidence, certain }
}

function keysOf(sources: readonly Quoted[]): string[] {
  return sources.map(({ id }) => id)
}
