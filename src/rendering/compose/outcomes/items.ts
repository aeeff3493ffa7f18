import type { Statement as Ruled } from '../../../rules/assess/statement.ts'
import type { Statement } from '../../message.ts'
import { confidenceNote, say, sourceLines, type Composing } from '../context.ts'

/** One line of a list: what it is, why, and where that stands. `text` replaces the rule's own words. */
export function itemOf(on: Composing, ruled: Ruled, text = ruled.text[on.language]): Statement {
  const label = ruled.label[on.language]
  return {
    id: ruled.ruleId,
    text: say(on, ruled.certain ? 'item' : 'item-maybe', { label, text }),
    sources: sourceLines(ruled.sources),
    ...confidenceNote(on, ruled.confidence),
  }
}

/** A reason: the rule's words alone, because what it is a reason for stands above. */
export function reasonOf(on: Composing, ruled: Ruled): Statement {
  return {
    id: ruled.ruleId,
    text: ruled.text[on.language],
    sources: sourceLines(ruled.sources),
    ...confidenceNote(on, ruled.confidence),
  }
}
