import { optionsOf } from '../../interview/dialogs.ts'
import type { PreCheckKit } from '../../interview/pre-check/kit.ts'
import { whatIfs, type WhatIf } from '../../interview/pre-check/what-if.ts'
import type { Resolution } from '../../interview/resolve.ts'
import type { Text } from '../../language.ts'
import type { Quoted } from '../../rules/assess/statement.ts'
import type { Block, Statement } from '../message.ts'
import { listed, say, sourceLines, type Composing } from './context.ts'

/** More would be read by nobody. */
const MOST_SHOWN = 5

/** What another answer would take away or bring, as the rules work it out. */
export function whatIfBlocks(on: Composing, kit: PreCheckKit, resolution: Resolution): readonly Block[] {
  const items = whatIfs(kit, resolution)
    .slice(0, MOST_SHOWN)
    .map((whatIf) => whatIfItem(on, whatIf))
  if (items.length === 0) return []
  return [{ kind: 'statements', title: say(on, 'what-if-title'), items }]
}

function whatIfItem(on: Composing, whatIf: WhatIf): Statement {
  const { key, value, approvalsGone, findingsGone, papersGone, papersAdded } = whatIf
  return {
    id: `what-if ${key} ${value}`,
    text: say(on, 'what-if-item', {
      change: changeText(on, whatIf),
      effects: effectTexts(on, whatIf).reduce((before, after) => say(on, 'what-if-and', { before, after })),
    }),
    sources: sourceLines(
      unique([
        ...approvalsGone.flatMap(({ sources }) => sources),
        ...findingsGone.flatMap(({ rule }) => rule.sources),
        ...(approvalsGone.length + findingsGone.length > 0
          ? []
          : [...papersGone, ...papersAdded].flatMap(({ sources }) => sources)),
      ]),
    ),
  }
}

function changeText(on: Composing, { key, value, leftOut }: WhatIf): string {
  const question = on.dialogs.questions.get(key)
  const option = question && optionsOf(on.book, question).find((one) => one.value === value)
  const words = { label: question?.label[on.language] ?? key, value: option?.label[on.language] ?? value }
  return leftOut ? say(on, 'what-if-without', { value: words.value }) : say(on, 'what-if-instead', words)
}

function effectTexts(on: Composing, whatIf: WhatIf): readonly string[] {
  const { approvalsGone, approvalsLeft, findingsGone, type, papersGone, papersAdded } = whatIf
  const papers = names(
    on,
    approvalsGone.map(({ document, label }) => document ?? label),
  )
  const label = type?.assessment.filing.labels[type.value]
  return [
    ...(papers === undefined
      ? []
      : [say(on, approvalsLeft ? 'what-if-preapproval-fewer' : 'what-if-preapproval', { papers })]),
    ...some(
      on,
      'what-if-finding',
      'titles',
      findingsGone.map(({ rule }) => rule.label),
    ),
    ...(label ? [say(on, 'what-if-type', { type: label[on.language] })] : []),
    ...some(
      on,
      'what-if-papers-gone',
      'papers',
      papersGone.map((paper) => paper.label),
    ),
    ...some(
      on,
      'what-if-papers-added',
      'papers',
      papersAdded.map((paper) => paper.label),
    ),
  ]
}

type Listed = 'what-if-finding' | 'what-if-papers-gone' | 'what-if-papers-added'

function some(on: Composing, id: Listed, name: string, texts: readonly Text[]): readonly string[] {
  const all = names(on, texts)
  return all === undefined ? [] : [say(on, id, { [name]: all })]
}

/** Each name once, in the reader's language. */
function names(on: Composing, texts: readonly Text[]): string | undefined {
  const all = [...new Set(texts.map((text) => text[on.language]))]
  return all.length === 0 ? undefined : listed(on, all)
}

function unique(sources: readonly Quoted[]): readonly Quoted[] {
  return [...new Map(sources.map((source) => [source.id, source])).values()]
}
