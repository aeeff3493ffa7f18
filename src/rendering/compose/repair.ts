import type { Case } from '../../interview/case.ts'
import type { PreCheckKit } from '../../interview/pre-check/kit.ts'
import type { Resolution } from '../../interview/resolve.ts'
import { quote } from '../../rules/assess/statement.ts'
import type { Block, Statement } from '../message.ts'
import { findingsIn } from './findings.ts'
import { say, sourceLines, type Composing } from './context.ts'

/**
 * What became of the reasons for which a reviewer returned the order: whether the pre-check still finds each, and
 * which it cannot see. Nothing where no order was returned.
 */
export function repairBlocks(
  on: Composing,
  resolution: Resolution,
  { following }: Pick<Case, 'following'>,
): readonly Block[] {
  const kit = on.preCheck
  const returned = following?.returned ?? []
  if (!kit || returned.length === 0) return []
  const items = returned.flatMap((id) => repairItem(on, kit, resolution, id) ?? [])
  if (items.length === 0) return []
  return [{ kind: 'statements', title: say(on, 'repair-title'), items }]
}

function repairItem(
  on: Composing,
  kit: PreCheckKit,
  resolution: Resolution,
  id: string,
): Statement | undefined {
  const rejection = kit.rejections.get(id)
  if (!rejection) return undefined
  const left = findingsIn(kit, resolution).some((finding) => finding.rejection === id)
  const unseen = kit.rules.unforeseen.some((one) => one.rejection === id)
  const title = rejection.title[on.language]
  const text = unseen
    ? say(on, 'repair-unseen', { title, fix: rejection.fix[on.language] })
    : say(on, left ? 'repair-left' : 'repair-gone', { title })
  return { id: `repair ${id}`, text, sources: sourceLines(quote(kit.book, rejection.sources)) }
}
