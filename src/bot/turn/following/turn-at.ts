import { shanghaiDay } from '../../../interview/following/working-days.ts'
import { composing, resolveCase, type Brain } from '../brain.ts'
import type { Standing } from '../standing.ts'
import type { FollowingKit, FollowingTurn } from './kit.ts'

/** What a step works with, outside of a turn that was taken for a message. */
export function turnAt(brain: Brain, kit: FollowingKit, standing: Standing, now: Date): FollowingTurn {
  const asOf = shanghaiDay(now)
  return {
    brain,
    kit,
    standing,
    asOf,
    now,
    on: composing(brain, standing.case),
    resolution: resolveCase(brain, standing.case.answers, asOf),
  }
}
