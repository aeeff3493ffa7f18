import type { Text } from '../../language.ts'
import { holds } from '../condition.ts'
import type { Knowledge } from '../knowledge.ts'
import { quote, type Quoted } from '../assess/statement.ts'
import type { Confidence } from '../schema.ts'
import { inForce } from '../table.ts'
import { FIND, type About } from './checks.ts'
import type { NameRules } from './name-rules.ts'
import { plainName } from './plain-name.ts'
import { SEVERITIES, type Severity } from './schema.ts'

/** What a rule objects to in a website name. */
export interface NameHit {
  readonly ruleId: string
  readonly text: Text
  readonly severity: Severity
  /** The part it objects to, simplified and with nothing in between. */
  readonly match: string
  readonly sources: readonly Quoted[]
  readonly factIds: readonly string[]
  readonly confidence: Confidence
  /** False while an open answer (such as the province) decides whether the rule concerns this applicant. */
  readonly certain: boolean
}

/**
 * Looks at a website name as a reviewer would, on a day (ISO date). Pure. Worst hits come first; none does
 * not promise approval. `about` adds checks against the entity's name and its domain.
 */
export function lintName(
  names: NameRules,
  name: string,
  know: Knowledge,
  asOf: string,
  about: About = {},
): readonly NameHit[] {
  const plain = plainName(name, names.variants)
  const entityName = about.entityName ? plainName(about.entityName, names.variants) : undefined
  return names.rules
    .filter((rule) => inForce(rule, asOf))
    .flatMap((rule) => {
      const truth = holds(rule.when, know)
      if (truth === 'false') return []
      const match = FIND[rule.check]({ book: names.book, rule, name: plain, entityName, domain: about.domain })
      if (match === undefined) return []
      return [
        {
          ruleId: rule.id,
          text: rule.because,
          severity: rule.severity,
          match,
          sources: quote(names.book, rule.sources),
          factIds: rule.facts,
          confidence: rule.confidence,
          certain: truth === 'true',
        },
      ]
    })
    .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))
}
