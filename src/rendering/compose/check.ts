import type { Case } from '../../interview/case.ts'
import type { Resolution } from '../../interview/resolve.ts'
import type { Block } from '../message.ts'
import { say, type Composing } from './context.ts'
import { preCheckBlocks } from './pre-check.ts'
import { answerSections } from './summary.ts'

/** What stands below the answers, in this order: what a reviewer would object to, what there is to take along. */
type CheckPart = (on: Composing, resolution: Resolution, current: Case) => readonly Block[]
const BELOW: readonly CheckPart[] = [preCheckBlocks]

/** Everything that was answered, by section, each line with a way to change it; a change leads back to here. */
export function checkBlocks(on: Composing, resolution: Resolution, current: Case): readonly Block[] {
  return [
    { kind: 'text', text: say(on, 'check-intro') },
    ...answerSections(on, resolution),
    ...BELOW.flatMap((part) => part(on, resolution, current)),
  ]
}
