import { lintName } from '../../../rules/names/lint-name.ts'
import type { NameRule, Severity as NameSeverity } from '../../../rules/names/schema.ts'
import type { Severity } from '../schema.ts'
import { listOf, textOf, type Subject } from '../subject.ts'
import type { Check, Hit } from './hit.ts'

const SEVERITY: Readonly<Record<NameSeverity, Severity>> = {
  reject: 'rejects',
  'ask-for-paper': 'paper',
  advise: 'advise',
}

const ofIndividuals = ({ when }: NameRule) => when['entity.group'] === 'individual'
const unlikeEntity = ({ check }: NameRule) => check === 'unlike-entity'

/** Website names, by the rejection that the rules for them foresee. */
export const siteNameOfIndividual: Check = (subject) => nameHits(subject, ofIndividuals)
export const siteNameUnlikeEntity: Check = (subject) => nameHits(subject, unlikeEntity)
export const siteName: Check = (subject) =>
  nameHits(subject, (rule) => !ofIndividuals(rule) && !unlikeEntity(rule))

function nameHits(subject: Subject, wanted: (rule: NameRule) => boolean): readonly Hit[] {
  const { kit, assessment } = subject
  const name = textOf(subject, 'site.name')
  if (name === undefined) return []
  const about = { entityName: textOf(subject, 'entity.name'), domain: listOf(subject, 'site.domains')[0] }
  const wantedIds = new Set(kit.names.rules.filter(wanted).map(({ id }) => id))
  return lintName(kit.names, name, assessment.know, assessment.asOf, about)
    .filter(({ ruleId }) => wantedIds.has(ruleId))
    .map(({ ruleId: id, text, severity, match, factIds: facts, certain }) => ({
      found: match,
      keys: ['site.name'],
      behind: { id, text, severity: SEVERITY[severity], facts, certain },
    }))
}
