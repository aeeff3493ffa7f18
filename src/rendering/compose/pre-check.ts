import type { Case } from '../../interview/case.ts'
import type { PreCheckKit } from '../../interview/pre-check/kit.ts'
import { isLookedAt, unforeseenIn } from '../../interview/pre-check/pre-check.ts'
import type { Resolution } from '../../interview/resolve.ts'
import { quote } from '../../rules/assess/statement.ts'
import type { Block, Statement } from '../message.ts'
import { confidenceNote, say, sourceLines, type Composing } from './context.ts'
import { findingBlocks } from './findings.ts'
import { repairBlocks } from './repair.ts'
import { whatIfBlocks } from './what-if.ts'

/**
 * What a reviewer would object to, worst first, with the answers to change; then what another choice would change,
 * and what nobody can see from here. After a rejection, what became of its reasons comes first.
 */
export function preCheckBlocks(
  on: Composing,
  resolution: Resolution,
  current: Pick<Case, 'following'>,
): readonly Block[] {
  const kit = on.preCheck
  if (!kit) return []
  if (resolution.path.length === 0 || !isLookedAt(kit, resolution.assessment))
    return [{ kind: 'text', tone: 'notice', text: say(on, 'precheck-nothing') }]
  return [
    ...repairBlocks(on, resolution, current),
    ...findingBlocks(on, kit, resolution),
    ...whatIfBlocks(on, kit, resolution),
    ...unforeseenBlocks(on, kit, resolution),
  ]
}

/** What the answers cannot tell: said, so that nobody takes silence for a promise. */
function unforeseenBlocks(on: Composing, kit: PreCheckKit, { assessment }: Resolution): readonly Block[] {
  const items = unforeseenIn(kit, assessment).flatMap(({ rejection: id, why }): readonly Statement[] => {
    const rejection = kit.rejections.get(id)
    if (!rejection) return []
    return [
      {
        id,
        text: say(on, 'precheck-unforeseen-item', {
          title: rejection.title[on.language],
          why: why[on.language],
          fix: rejection.fix[on.language],
        }),
        sources: sourceLines(quote(kit.book, rejection.sources)),
        ...confidenceNote(on, rejection.confidence),
      },
    ]
  })
  if (items.length === 0) return []
  return [{ kind: 'statements', title: say(on, 'precheck-unforeseen'), folded: true, items }]
}
