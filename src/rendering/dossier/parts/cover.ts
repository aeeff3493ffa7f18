import type { Dossier } from '../../../interview/dossier/schema.ts'
import type { Composer, DocumentPart } from '../document.ts'

/** The first page. */
export interface Cover {
  readonly subtitle: string
  readonly rows: readonly { readonly label: string; readonly value: string }[]
  readonly contentsTitle: string
  readonly contents: readonly string[]
  readonly noticeTitle: string
  readonly notice: string
}

export function coverOf(composer: Composer, parts: readonly DocumentPart[]): Cover {
  const { dossier, say, read } = composer
  const { caseCode, results, province } = dossier
  const possible = results.filing.possible.map(({ label }) => read(label))
  const only = possible.length === 1 ? possible[0] : undefined
  const rows = [
    ...(caseCode === undefined ? [] : [{ label: say('case-code'), value: caseCode }]),
    { label: say('filing'), value: only ?? say('not-known') },
    { label: say('entity'), value: valueOf(dossier, 'entity.name') ?? valueOf(dossier, 'leader.name') },
    { label: say('domain'), value: valueOf(dossier, 'site.domains') },
    { label: say('region'), value: province ? read(province.name) : undefined },
    { label: say('state'), value: say(stateOf(dossier)) },
    { label: say('made'), value: say('made-value', inShanghai(dossier.madeAt)) },
    { label: say('as-of'), value: dossier.rulesAsOf },
  ]
  return {
    subtitle: say('subtitle'),
    rows: rows.flatMap(({ label, value }) => (value === undefined ? [] : [{ label, value }])),
    contentsTitle: say('contents'),
    contents: [...parts.map(({ title }) => title), say('sources')],
    noticeTitle: say('disclaimer-title'),
    notice: read(dossier.disclaimer),
  }
}

function valueOf({ answers }: Dossier, key: string): string | undefined {
  return Object.hasOwn(answers, key) ? answers[key]?.text['zh-CN'] : undefined
}

function stateOf({ complete, checked }: Dossier): 'state-checked' | 'state-complete' | 'state-open' {
  if (!complete) return 'state-open'
  return checked ? 'state-checked' : 'state-complete'
}

/** Day and time as a clock in Shanghai shows them. */
function inShanghai(moment: string): { day: string; time: string } {
  const local = new Date(Date.parse(moment) + 8 * 3_600_000).toISOString()
  return { day: local.slice(0, 10), time: local.slice(11, 16) }
}
