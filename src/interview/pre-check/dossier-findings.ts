import { LANGUAGES, type Language } from '../../language.ts'
import type { DossierFinding } from '../dossier/schema.ts'
import type { Resolution } from '../resolve.ts'
import { findingSaid, type Finding } from './finding.ts'
import type { PreCheckKit } from './kit.ts'
import { preCheck } from './pre-check.ts'

/** The findings as the dossier keeps them. */
export function dossierFindings(kit: PreCheckKit, resolution: Resolution): readonly DossierFinding[] {
  return preCheck(kit, resolution).map((finding) => ({
    id: finding.id,
    severity: finding.severity,
    text: bothLanguages(finding),
    fix: finding.fix,
    keys: [...finding.keys],
    sources: finding.rule.sources.map(({ id }) => id),
  }))
}

function bothLanguages(finding: Finding): DossierFinding['text'] {
  const said = LANGUAGES.map((language) => [language, findingSaid(finding, language)] as const)
  return Object.fromEntries(said) as Record<Language, string>
}
